from collections.abc import Callable

class Algorithms:
    HASHES: dict[str, Callable[[bytes], object]]

ALGORITHMS: Algorithms
