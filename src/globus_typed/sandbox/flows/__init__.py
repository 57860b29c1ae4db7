"""Globus Flows in the sandbox."""
