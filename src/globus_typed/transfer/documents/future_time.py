"""Times that must be in the future when a document is sent."""

from datetime import datetime, timezone
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from globus_typed.core.payloads import Payload

__all__ = ["with_time_ahead"]

PayloadT = TypeVar("PayloadT", bound=Payload)


def with_time_ahead(payload: PayloadT, field: str, now: float) -> PayloadT:
    """The payload itself; `pydantic.ValidationError` if the time in that field, if any, is in the past.

    Parameters: `field`, its name; `now`, in seconds since the epoch.
    """
    time: object = getattr(payload, field)
    if isinstance(time, datetime) and time <= datetime.fromtimestamp(now, timezone.utc):
        problem = PydanticCustomError("past", "must be in the future, got {got}", {"got": time.isoformat()})
        detail = InitErrorDetails(type=problem, loc=(field,), input=time)
        raise ValidationError.from_exception_data(type(payload).__name__, [detail])
    return payload
