"""What Globus Auth answers, a module a subject."""
