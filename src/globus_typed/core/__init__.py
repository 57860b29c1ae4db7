"""The part that every service stands on, and that knows none of them."""
