"""The command ``globus-typed``."""

__all__ = ["main"]


def main() -> None:
    """Run the command."""
    # Not before: it says what to install where its extra is missing.
    from globus_typed.cli.commands import main as run

    run()
