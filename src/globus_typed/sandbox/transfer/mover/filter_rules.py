"""The `filter_rules` of a transfer."""

import fnmatch
import re
from collections.abc import Iterable

from globus_typed.sandbox.transfer.request_bodies import FilterRule

__all__ = ["Rules"]


class Rules:
    """Ordered rules on the names of what a recursive item holds: the first match decides, others are included."""

    def __init__(self, rules: Iterable[FilterRule]) -> None:
        self._rules = [
            (rule.type, re.compile(fnmatch.translate(rule.name)).match, rule.method == "include") for rule in rules
        ]

    def include(self, name: str, *, directory: bool) -> bool:
        """Whether an item of this name is moved; an excluded directory keeps all that is in it back."""
        kind = "dir" if directory else "file"
        for of_type, matches, included in self._rules:
            if of_type in (None, kind) and matches(name):
                return included
        return True
