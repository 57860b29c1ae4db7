"""The records of the sandbox's Auth: people, apps, consents, sessions and tokens."""
