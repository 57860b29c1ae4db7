"""The tree of a directory as text."""

from collections.abc import Iterable, Sequence

from globus_typed.core.outside_text import clean
from globus_typed.transfer.walks.entries import WalkDirectory, WalkEntry, WalkError

__all__ = ["Drawing"]

_LAST, _OTHER = ("└── ", "    "), ("├── ", "│   ")


class Drawing:
    """Draws directories, which have to come depth first, each as a line an entry."""

    def __init__(self, start: str) -> None:
        self._start = start
        self._listed: dict[str, tuple[WalkEntry, ...]] = {}
        self._directories = self._others = 0

    def add(self, directory: WalkDirectory) -> None:
        """Take a directory."""
        inside = (*directory.directories, *directory.files)
        self._listed[directory.path] = tuple(sorted(inside, key=lambda entry: entry.name))
        self._directories += len(directory.directories)
        self._others += len(directory.files)

    def text(self, errors: Sequence[WalkError] = (), loops: Iterable[str] = ()) -> str:
        """The whole tree, with how much it is at the end. Directories end with a slash, symlinks name their target."""
        reasons = {each.path: f"  [{_reason(each)}]" for each in errors}
        reasons |= dict.fromkeys(loops, "  [not followed: leads to where the walk has been]")
        lines = [
            _printable(self._start if self._start.endswith("/") else f"{self._start}/") + reasons.get(self._start, "")
        ]
        # A stack, since trees may be deeper than Python calls functions.
        stack = [("", iter(_with_last(self._listed.get(self._start, ()))))]
        while stack:
            indent, rest = stack[-1]
            entry, is_last = next(rest, (None, False))
            if entry is None:
                stack.pop()
                continue
            branch, trunk = _LAST if is_last else _OTHER
            lines.append(f"{indent}{branch}{_shown(entry)}{reasons.get(entry.path, '')}")
            if entry.is_directory and (inside := self._listed.get(entry.path)):
                stack.append((indent + trunk, iter(_with_last(inside))))
        lines += [
            "",
            f"{_counted(self._directories, 'directory', 'directories')}, {_counted(self._others, 'file', 'files')}",
        ]
        return "\n".join(lines)


def _with_last(entries: Sequence[WalkEntry]) -> Iterable[tuple[WalkEntry, bool]]:
    return ((entry, place == len(entries) - 1) for place, entry in enumerate(entries))


def _shown(entry: WalkEntry) -> str:
    name = _printable(entry.name) + ("/" if entry.is_directory else "")
    target = entry.entry.link_target
    return name if target is None else f"{name} -> {_printable(target)}"


def _printable(text: str) -> str:
    """The name on one line, without characters that a terminal would obey."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape", "backslashreplace").decode() for each in text
    )


def _reason(error: WalkError) -> str:
    return clean(str(error.error), (), 200)


def _counted(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"
