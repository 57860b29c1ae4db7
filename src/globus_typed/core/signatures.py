"""The signatures of payloads, as `help`, notebooks and `inspect.signature` show them."""

from inspect import Parameter, Signature, signature

from pydantic import BaseModel
from pydantic.fields import FieldInfo

__all__ = ["PayloadSignature"]


class PayloadSignature:
    """The signature of a payload's constructor, made when it is read: that of `__init__`, or the fields by keyword.

    Pydantic's own names fields as they are named on the wire, and is there only once the model has been used.
    """

    def __init__(self, plain_init: object) -> None:
        self._plain_init = plain_init
        """The `__init__` that takes the fields by keyword."""

    def __get__(self, instance: object, owner: type[BaseModel]) -> Signature:
        if instance is not None:
            raise AttributeError("__signature__")
        if owner.__init__ is self._plain_init:
            fields = owner.model_fields.items()
            return Signature([_parameter(name, info) for name, info in fields], return_annotation=None)
        own = signature(owner.__init__)
        return own.replace(parameters=[*own.parameters.values()][1:])


def _parameter(name: str, info: FieldInfo) -> Parameter:
    default = Parameter.empty if info.is_required() else info.default if info.default_factory is None else ...
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=info.annotation)
