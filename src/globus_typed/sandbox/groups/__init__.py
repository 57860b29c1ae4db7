"""Globus Groups in the sandbox."""
