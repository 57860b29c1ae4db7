"""Validation of documents in files, with line numbers, and its report."""
