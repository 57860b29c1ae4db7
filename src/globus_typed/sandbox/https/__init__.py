"""HTTPS access to the collections of the sandbox."""
