"""`ReadableErrors`: models whose errors suggest what was meant, and have no links."""

from functools import wraps
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from globus_typed.core.pydantic_private import is_base_init
from globus_typed.core.suggestions import with_suggestions

__all__ = ["ReadableErrors"]


class ReadableErrors:
    """A mixin of models: each way to validate raises errors as `with_suggestions` makes them."""

    __slots__ = ()

    # Type checkers see pydantic's own methods, with what they know of models.
    if not TYPE_CHECKING:

        @is_base_init
        def __init__(self, /, **fields: Any) -> None:
            try:
                super().__init__(**fields)
            except ValidationError as error:
                fields = {}  # a secret among them is in no traceback, nor in that of pydantic's error
                raise with_suggestions(type(self), error.with_traceback(None)) from None

        @classmethod
        @wraps(BaseModel.model_validate.__func__)
        def model_validate(cls, *arguments: Any, **options: Any) -> Any:
            try:
                return super().model_validate(*arguments, **options)
            except ValidationError as error:
                arguments = ()
                raise with_suggestions(cls, error.with_traceback(None)) from None

        @classmethod
        @wraps(BaseModel.model_validate_json.__func__)
        def model_validate_json(cls, *arguments: Any, **options: Any) -> Any:
            try:
                return super().model_validate_json(*arguments, **options)
            except ValidationError as error:
                arguments = ()
                raise with_suggestions(cls, error.with_traceback(None)) from None

        @classmethod
        @wraps(BaseModel.model_validate_strings.__func__)
        def model_validate_strings(cls, *arguments: Any, **options: Any) -> Any:
            try:
                return super().model_validate_strings(*arguments, **options)
            except ValidationError as error:
                arguments = ()
                raise with_suggestions(cls, error.with_traceback(None)) from None

        def __setattr__(self, name: str, value: Any) -> None:
            try:
                super().__setattr__(name, value)
            except ValidationError as error:
                raise with_suggestions(type(self), error.with_traceback(None)) from None

        def __delattr__(self, name: str) -> None:
            try:
                super().__delattr__(name)
            except ValidationError as error:
                raise with_suggestions(type(self), error.with_traceback(None)) from None
