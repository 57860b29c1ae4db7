"""The files that the collection "Sandbox Source" begins with."""

from pathlib import Path

_FILES = {
    "welcome.txt": "This is the source collection of the sandbox. What you change here is gone when it stops.\n",
    "project1/readme.txt": "Readings of two sensors, one file each.\n",
    "project1/data/a.csv": "second,celsius\n" + "".join(f"{n},{20 + n % 7 / 10}\n" for n in range(600)),
    "project1/data/b.csv": "second,celsius\n" + "".join(f"{n},{18 + n % 5 / 10}\n" for n in range(600)),
}


def plant(root: Path) -> None:
    """Make the directory with its small tree of files."""
    for name, text in _FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
