"""The records of the sandbox's Transfer: collections, permissions, pause rules, streams and tasks."""
