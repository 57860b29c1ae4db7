"""Items that stay where they are, such as in a large file, and are read from there again."""

from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, ClassVar, NoReturn

from typing_extensions import Self

__all__ = ["ItemsElsewhere"]


class ItemsElsewhere:
    """A mixin that makes a class of items one of items that stay elsewhere; it goes before that class among the bases.

    Of each item only the hash of its key is kept. An item that is wrong counts, and is like no other.
    """

    key: ClassVar[str]
    _keys: "array[int]"

    looked_at: ClassVar[int | None] = 10_000
    """How many items that are like others are compared: enough to report."""

    def __init__(self, read_again: Callable[[], Iterable[dict[str, Any]]]) -> None:
        self._read_again = read_again
        self._right = bytearray()
        super().__init__()

    def take(self, items: Sequence[dict[str, Any]], wrong: Container[int]) -> None:
        """Count more items, which `wrong` has the places of that are wrong."""
        for index, item in enumerate(items):
            right = index not in wrong
            self._right.append(right)
            path: str = item[self.key] if right else self._stand_in(len(self._keys))[self.key]
            self._keys.append(hash(path.rstrip("/")))

    def wire_items(self, start: int = 0) -> Iterator[dict[str, Any]]:
        """The items from one place on, as the JSON objects that are sent."""
        items = enumerate(zip(self._right, self._read_again(), strict=True))
        for number, (right, item) in islice(items, start, None):
            yield item if right else self._stand_in(number)

    def _stand_in(self, number: int) -> dict[str, Any]:
        path = f"\0{number}"
        return {"source_path": "/", "destination_path": path, "path": path}

    def __len__(self) -> int:
        return len(self._right)

    def __getitem__(self, index: object) -> NoReturn:
        raise NotImplementedError("items that stay elsewhere are read in their order")

    def __copy__(self) -> Self:
        return self
