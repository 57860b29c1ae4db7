"""Reading requests of Auth's API: who asks, the query parameters, and the document in its envelope."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, TypeVar, cast

from fastapi import Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError, from_json

from globus_typed.sandbox.auth.errors import AuthRefused, from_token
from globus_typed.sandbox.auth.own_scopes import AUTH_URN
from globus_typed.sandbox.auth.routes.forms import confidential_app
from globus_typed.sandbox.auth.state import AuthState, TokenRefused
from globus_typed.sandbox.auth.store.directory import App
from globus_typed.sandbox.setting import setting_of

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
MANAGE = f"{AUTH_URN}manage_projects"


# Who asks


@dataclass(frozen=True)
class Asker:
    """The sender of a request: a user by the ids of all linked identities, or an app with its secret, by its id."""

    ids: frozenset[str]
    app: App | None = None


def app_of(state: AuthState, request: Request) -> App | None:
    """The app whose Basic authentication the request has; None where it has none."""
    header = request.headers.get("authorization", "")
    if not header.lower().startswith("basic "):
        return None
    app = confidential_app(state, header)
    if app is None:
        raise AuthRefused(401, "UNAUTHORIZED", "The client id or secret of the Authorization header is wrong")
    return app


def asker_by_token(state: AuthState, request: Request, scopes: Collection[str] = (MANAGE,)) -> Asker:
    """The user or app whose access token gives one of the scopes."""
    if app_of(state, request) is not None:
        raise AuthRefused(403, "FORBIDDEN", "This takes an access token, not the secret of an app")
    try:
        caller = state.caller(request.headers.get("authorization"))
    except TokenRefused as refused:
        raise from_token(refused) from None
    if caller.scopes.isdisjoint(scopes):
        raise AuthRefused(403, "FORBIDDEN", f"The token gives none of the scopes {', '.join(sorted(scopes))}")
    return Asker(frozenset(user.id for user in state.directory.identity_set(caller.user)))


def asker(state: AuthState, request: Request, scopes: Collection[str] = (MANAGE,)) -> Asker:
    """The app with its secret, or else whose access token gives one of the scopes."""
    app = app_of(state, request)
    return asker_by_token(state, request, scopes) if app is None else Asker(frozenset({app.client_id}), app)


# The query


def query_of(request: Request, names: Collection[str]) -> dict[str, str]:
    """The parameters of the query, each once, of these names alone."""
    query: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in names:
            if setting_of(request).options.any_query_parameter:
                continue
            known = f"this request may have {', '.join(sorted(names))}" if names else "this request has none"
            raise invalid(f"{name}: unknown; {known}")
        if name in query:
            raise invalid(f"{name}: given twice; write a list with commas")
        query[name] = value
    return query


def parts_of(name: str, text: str) -> list[str]:
    """The parts of a list with commas."""
    parts = [part.strip() for part in text.split(",")]
    if "" in parts:
        raise invalid(f"{name}: the list has an empty place")
    return parts


def ids_of(name: str, text: str) -> list[str]:
    """The UUIDs of a list with commas."""
    parts = parts_of(name, text)
    if wrong := [part for part in parts if not _UUID.fullmatch(part)]:
        raise invalid(f"{name}: no UUID: {', '.join(wrong)}")
    return [part.lower() for part in parts]


# The document


class Body(BaseModel):
    """Base class of documents, read strictly: an unknown or ill-typed field is refused by its name."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)


BodyT = TypeVar("BodyT", bound=Body)


def _check_id(text: str) -> str:
    if not _UUID.fullmatch(text):
        raise PydanticCustomError("uuid", "no UUID: {text}", {"text": repr(text)})
    return text.lower()


def _check_line(text: str) -> str:
    if "\n" in text or "\r" in text:
        raise PydanticCustomError("line", "must be one line")
    return text


Id = Annotated[str, AfterValidator(_check_id), Field(json_schema_extra={"format": "uuid"})]
Line = Annotated[str, AfterValidator(_check_line), Field(json_schema_extra={"not": {"pattern": r"[\n\r]"}})]


async def fields_of(request: Request, envelope: str) -> dict[str, Any]:
    """The document that the JSON of the request has in its envelope, unchecked."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise invalid("The body must be application/json")
    try:
        document: object = from_json(await request.body(), allow_inf_nan=False)
    except ValueError as error:
        raise invalid(f"The body is no JSON: {error}") from None
    if not isinstance(document, dict) or set(cast("Mapping[str, object]", document)) != {envelope}:
        raise invalid(f'The body must be an object with the one member {envelope}: {{"{envelope}": {{...}}}}')
    fields = cast("Mapping[str, object]", document)[envelope]
    if not isinstance(fields, dict):
        raise invalid(f"{envelope}: must be an object")
    return cast("dict[str, Any]", fields)


def checked(body: type[BodyT], fields: Mapping[str, Any]) -> BodyT:
    """The document, of which everything that is wrong is told at once."""
    try:
        return body.model_validate(fields)
    except ValidationError as error:
        problems: list[str] = []
        for problem in error.errors(include_url=False, include_context=False, include_input=False):
            said = {"missing": "missing", "extra_forbidden": "unknown here"}.get(problem["type"], problem["msg"])
            problems.append(": ".join([*([".".join(map(str, problem["loc"]))] if problem["loc"] else []), said]))
        raise invalid("; ".join(problems)) from None


async def read(request: Request, envelope: str, body: type[BodyT]) -> BodyT:
    """The document that the JSON of the request has in its envelope."""
    return checked(body, await fields_of(request, envelope))


def changes_of(body: Body) -> dict[str, Any]:
    """The fields that a document has set; lists as tuples."""
    said = body.model_dump(exclude_unset=True)
    return {name: tuple(said[name]) if isinstance(said[name], list) else said[name] for name in said}


# Refusals


def invalid(detail: str) -> AuthRefused:
    """That the request is wrong in itself."""
    return AuthRefused(400, "INVALID_PARAMETERS", detail)


def not_found(kind: str, id: str) -> AuthRefused:
    """That there is no such thing, or none that the asker may know of."""
    return AuthRefused(404, "NOT_FOUND", f"There is no {kind} {id} that you may see")


def forbidden(detail: str) -> AuthRefused:
    """That the asker may not."""
    return AuthRefused(403, "FORBIDDEN", detail)
