"""The members of documents that go by another name in Python than on the wire."""

__all__ = ["python_name", "wire_name"]

_WIRE_NAMES = {"data_type": "DATA_TYPE", "items": "DATA"}
"""The members of many documents that go by another name in Python; any other says so itself, as its alias."""
_PYTHON_NAMES = {wire: name for name, wire in _WIRE_NAMES.items()}


def wire_name(name: str) -> str:
    """The name on the wire of a member by its name in Python."""
    return _WIRE_NAMES.get(name, name)


def python_name(name: str) -> str:
    """The name in Python of a member by its name on the wire."""
    return _PYTHON_NAMES.get(name, name)
