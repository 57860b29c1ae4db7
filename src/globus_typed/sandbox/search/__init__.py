"""Globus Search in the sandbox."""
