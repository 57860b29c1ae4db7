"""Globus Compute in the sandbox."""
