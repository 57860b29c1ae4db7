"""Tasks as they go on: which to look at, how far they are, when to give up, and how that is shown."""
