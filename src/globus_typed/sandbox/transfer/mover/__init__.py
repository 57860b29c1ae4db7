"""The workers of the sandbox's Transfer, which copy, check and delete real files."""
