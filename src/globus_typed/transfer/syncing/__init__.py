"""Comparing two directories, as a transfer does with a `sync_level`: all of it but the requests."""
