"""The command ``globus-typed``."""

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command; where a package is missing, say which extra it comes with."""
    try:
        # Not before: these need packages that may be missing.
        from globus_typed.cli.app import main as run

        run()
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package in ("", "globus_typed"):
            raise
        from globus_typed.errors import GlobusOptionalDependencyError

        extra = "cli" if package in {"typer", "rich"} else "sandbox"
        sys.exit(f"globus-typed: {GlobusOptionalDependencyError([package], 'this command', extra)}")
