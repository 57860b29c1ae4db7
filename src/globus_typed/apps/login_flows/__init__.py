"""Login flows: how a person logs in to an app."""
