"""The Auth half of the local Globus: apps, people, consents and tokens, over the routes of Globus Auth."""
