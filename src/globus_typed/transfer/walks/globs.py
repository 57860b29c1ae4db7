"""`Glob`: patterns for paths below a directory, such as ``**/*.csv``."""

import re
from fnmatch import translate

from globus_typed.errors import GlobusUsageError

__all__ = ["Glob"]


class Glob:
    """A pattern for paths below the start of a walk, as `pathlib` has them.

    ``*``, ``?`` and ``[...]`` match within a name, those that begin with a dot included; ``**`` matches any number of
    directories, none included. Case counts.
    """

    def __init__(self, pattern: str) -> None:
        self._steps = [None if step == "**" else re.compile(translate(step)) for step in _steps(pattern)]

    def matches(self, relative: str) -> bool:
        """Whether the path matches."""
        return len(self._steps) in self._places(relative)

    def may_lead_to(self, relative: str) -> bool:
        """Whether a path below this directory can match."""
        return any(place < len(self._steps) for place in self._places(relative))

    def _places(self, relative: str) -> set[int]:
        """How many steps of the pattern the names of the path may have used up."""
        places = self._skipped({0})
        for name in relative.split("/"):
            following: set[int] = set()
            for place in places:
                if place < len(self._steps):
                    step = self._steps[place]
                    if step is None:
                        following.add(place)
                    elif step.match(name):
                        following.add(place + 1)
            places = self._skipped(following)
            if not places:
                break
        return places

    def _skipped(self, places: set[int]) -> set[int]:
        """The places, and those after a ``**`` that matches no directory, or none any more."""
        found = set(places)
        for place in range(len(self._steps)):
            if place in found and self._steps[place] is None:
                found.add(place + 1)
        return found


def _steps(pattern: object) -> list[str]:
    if not isinstance(pattern, str) or not pattern:
        raise GlobusUsageError(f'pattern: must be a pattern for paths such as "**/*.csv", got {pattern!r}')
    if pattern.startswith(("/", "~/")):
        raise GlobusUsageError(f"pattern: must be relative to the path where the search begins, got {pattern!r}")
    if pattern.endswith("/"):
        raise GlobusUsageError(
            f'pattern: must not end with "/", got {pattern!r}; give {pattern.rstrip("/")!r}, and type="dir"'
        )
    steps = pattern.split("/")
    for step in steps:
        if step in {"", ".", ".."}:
            raise GlobusUsageError(f'pattern: must have no empty segment, "." or "..", got {pattern!r}')
        if "**" in step and step != "**":
            raise GlobusUsageError(f'pattern: "**" must be a segment of its own, as in "**/*.csv", got {pattern!r}')
    # Of several in a row one says it all.
    return [step for place, step in enumerate(steps) if step != "**" or place == 0 or steps[place - 1] != "**"]
