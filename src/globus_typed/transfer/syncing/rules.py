"""Filter rules: which entries of directories take part."""

import re
from collections.abc import Iterator, Sequence
from fnmatch import translate

from globus_typed.transfer.documents.items import FilterRule

__all__ = ["Rules"]


class Rules:
    """Ordered rules on the names of entries: the first that fits decides, and what none fits is included."""

    def __init__(self, rules: Sequence[FilterRule]) -> None:
        self._rules = [
            (number, rule.type, re.compile(translate(rule.name)).match, rule.method == "exclude")
            for number, rule in enumerate(rules)
        ]

    def __bool__(self) -> bool:
        return bool(self._rules)

    def excluding(self, name: str, *, directory: bool) -> int | None:
        """The index of the rule that excludes this name; None if it is included."""
        kind = "dir" if directory else "file"
        for number, of_type, fits, excludes in self._rules:
            if of_type in (None, kind) and fits(name):
                return number if excludes else None
        return None


def includes_alone(rules: Sequence[FilterRule]) -> Iterator[str]:
    """The findings about rules that include, without one after them that excludes the rest: they change nothing."""
    if rules and all(rule.method == "include" for rule in rules):
        yield (
            "all rules include, and what no rule fits is included too, so they change nothing: end with one that "
            'excludes the rest, such as {"method": "exclude", "type": "file", "name": "*"}'
        )
