"""Secrets that are known when they are seen, and the places of an error where none may be."""

import base64
import copy
import copyreg
import io
import pickle
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import httpx
from tblib.pickling_support import pickle_exception, pickle_traceback

import globus_typed

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
JEWEL = "CrownJewel"
"""Stands in every secret."""
ACCESS = f"{JEWEL}-access-token"
REFRESH = f"{JEWEL}-refresh-token"
SECRET = f"{JEWEL}-client-secret"
CODE = f"{JEWEL}-code"
VERIFIER = f"{JEWEL}-verifier-of-at-least-43-characters-long"
BASIC = base64.b64encode(f"{ID}:{SECRET}".encode()).decode()
SERVED = f"{JEWEL}-served"
"""Stands in every token that the service answers with."""
TOKENS: dict[str, object] = {
    "access_token": f"{SERVED}-access",
    "refresh_token": f"{SERVED}-refresh",
    "id_token": f"{SERVED}-id",
    "resource_server": "auth.globus.org",
    "expires_in": 172800,
    "scope": "openid",
    "token_type": "Bearer",
    "state": "_default",
    "new_token": f"{SERVED}-new",
    "other_tokens": [
        {
            "access_token": f"{SERVED}-other-access",
            "refresh_token": f"{SERVED}-other-refresh",
            "resource_server": "transfer.api.globus.org",
            "expires_in": 172800,
            "novelty": f"{SERVED}-newer",
        }
    ],
}

_PACKAGE = Path(globus_typed.__file__).parent
_SANDBOX = _PACKAGE / "sandbox"


def shows(text: object) -> bool:
    """Whether a secret stands in the text, plainly or as HTTP Basic has it."""
    return JEWEL in str(text) or BASIC in str(text)


def leaks(error: BaseException) -> list[str]:
    """Every place of an error, its causes and its tracebacks inside the package included, that shows a secret."""
    places = [
        f"{kind} of {type(each).__name__}"
        for each in family(error)
        for kind, text in (("repr", repr(each)), ("str", str(each)), ("members", shown(vars(each))))
        if shows(text)
    ]
    places += [
        f"{name} in {function}"
        for each in family(error)
        for function, name, value in locals_of(each.__traceback__)
        if shows(shown(value))
    ]
    for each in family(error):
        if isinstance(each, httpx.HTTPError) and shows((each.request.headers.raw, each.request.content)):
            places.append(f"request of {type(each).__name__}")
    for clone in (error, copy.copy(error)):
        if isinstance(clone, globus_typed.GlobusError):
            for way, pickled in (("pickle", pickle.dumps(clone)), ("pickle of Dask", as_dask_pickles(clone))):
                assert type(pickle.loads(pickled)) is type(error)
                places += [way] * (JEWEL.encode() in pickled or BASIC.encode() in pickled)
    return places


def as_dask_pickles(error: BaseException) -> bytes:
    """The error with its causes, contexts and tracebacks, as they travel once Dask's `distributed` is imported."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer)
    families = {type(each): pickle_exception for each in family(error)}
    pickler.dispatch_table = {**copyreg.dispatch_table, TracebackType: pickle_traceback, **families}
    pickler.dump(error)
    return buffer.getvalue()


def shown(value: object) -> str:
    """The value as a traceback shows it; one that was not made to the end may have no repr."""
    try:
        return repr(value)
    except AttributeError:
        return ""


def family(error: BaseException) -> Iterator[BaseException]:
    """The error, and all that it came from."""
    seen: list[BaseException] = []
    left: list[BaseException | None] = [error]
    while left:
        each = left.pop()
        if each is not None and each not in seen:
            seen.append(each)
            left += [each.__cause__, each.__context__]
            yield each


def locals_of(traceback: TracebackType | None) -> Iterator[tuple[str, str, object]]:
    """Function, name and value of every local variable of the frames inside the package."""
    while traceback is not None:
        file = Path(traceback.tb_frame.f_code.co_filename)
        if _PACKAGE in file.parents and _SANDBOX not in file.parents:
            for name, value in traceback.tb_frame.f_locals.items():
                yield traceback.tb_frame.f_code.co_name, name, value
        traceback = traceback.tb_next
