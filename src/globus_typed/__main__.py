"""``python -m globus_typed`` is the command ``globus-typed``."""

from globus_typed.cli import main

main()
