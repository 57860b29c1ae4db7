"""Globus Timers in the sandbox."""
