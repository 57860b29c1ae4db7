"""The OpenAPI document of the sandbox: its routes, with the documents that the clients know them to take and answer."""

from collections.abc import Iterator, Mapping
from typing import Any

from globus_typed._version import __version__
from globus_typed.sandbox.app import create_app
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.schema.catalogue import all_kinds
from globus_typed.schema.json_schema import DIALECT, components
from globus_typed.schema.openapi_routes import AUTH, ROUTES, TRANSFER_V2, Route

__all__ = ["openapi"]

_TEXT: Mapping[str, Any] = {"type": "string"}
_JSON_API = "application/vnd.api+json"
_OTHERS: Mapping[str, Any] = {
    "IdentityAnswer": {
        "description": "One identity.",
        "type": "object",
        "properties": {
            "identity": {"$ref": "#/components/schemas/Identity"},
            "included": {"$ref": "#/components/schemas/IdentitiesIncluded"},
        },
        "required": ["identity"],
    },
    "TransferError": {
        "description": "Why Transfer refused a request.",
        "type": "object",
        "properties": {
            "code": {"type": "string", "description": "Why, for programs, from the general to the particular."},
            "message": {"type": "string", "description": "Why, for people."},
            "request_id": {"type": "string", "description": "The id of the request."},
            "resource": {"type": "string", "description": "The path that was asked."},
        },
        "required": ["code", "message", "request_id", "resource"],
    },
    "TransferV2Error": {
        "description": "Why Transfer v2 refused a request.",
        "type": "object",
        "properties": {
            "errors": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "properties": {
                        "status": {**_TEXT, "description": "The HTTP status."},
                        "code": {**_TEXT, "description": "Why, for programs, from the general to the particular."},
                        "title": {**_TEXT, "description": "What the status means."},
                        "detail": {**_TEXT, "description": "Why, for people."},
                    },
                    "required": ["status", "code", "title", "detail"],
                },
            },
            "meta": {
                "type": "object",
                "properties": {"request_id": {**_TEXT, "description": "The id of the request."}},
                "required": ["request_id"],
            },
        },
        "required": ["errors", "meta"],
    },
    "AuthError": {
        "description": "Why Auth refused a request: in the form of OAuth2 on token routes, with `errors` elsewhere.",
        "type": "object",
        "properties": {
            "error": {"type": "string", "description": "Why, for programs."},
            "error_description": {"type": "string", "description": "Why, for people."},
            "errors": {
                "type": "array",
                "items": {"type": "object", "properties": dict.fromkeys(("status", "code", "title", "detail"), _TEXT)},
            },
        },
        "required": ["error"],
    },
}
"""What no document of the clients is: errors become exceptions there."""
_SECURITY: Mapping[str, Any] = {
    "token": {"type": "http", "scheme": "bearer", "description": "An access token for Transfer or Auth."},
    "app": {"type": "http", "scheme": "basic", "description": "The client id and secret of a confidential app."},
}


def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document of Transfer v0.10 and v2 and Auth v2, as the sandbox plays them."""
    names = {name for route in ROUTES.values() for name in (*route.answer.split(), *route.body.split())}
    kinds = [kind for name, kind in all_kinds().items() if name in names]
    schemas = components(kinds, _ref("{model}"))
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": "Globus Transfer v0.10 and v2, and Globus Auth v2",
            "summary": "As the sandbox of globus-typed plays them.",
            "version": __version__,
        },
        "tags": [
            {"name": "transfer", "description": "Globus Transfer"},
            {"name": "auth", "description": "Globus Auth"},
        ],
        "paths": {path: dict(_operations(path, said)) for path, said in _paths().items()},
        "components": {"schemas": dict(sorted({**schemas, **_OTHERS}.items())), "securitySchemes": _SECURITY},
    }


def _paths() -> dict[str, dict[str, Any]]:
    """What the sandbox says of its routes itself: paths, and the parameters that it declares."""
    auth = AuthState()
    transfer = TransferState(auth)
    try:
        found: dict[str, dict[str, Any]] = create_app(auth, transfer).openapi()["paths"]
    finally:
        transfer.close()
    return found


def _operations(path: str, said: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for method, operation in said.items():
        route = ROUTES[f"{method.upper()} {path}"]
        auth = f"{method.upper()} {path}" in AUTH
        told: dict[str, Any] = {"tags": ["auth" if auth else "transfer"], "operationId": route.name}
        told["summary"] = route.summary
        if "description" in operation:
            told["description"] = operation["description"]
        own = [_without_titles(parameter) for parameter in operation.get("parameters", ())]
        if own or route.query:
            told["parameters"] = [*own, *_parameters(route.query or {})]
        if route.body:
            told["requestBody"] = {"required": True, "content": {"application/json": {"schema": _any_of(route.body)}}}
        elif route.form:
            form = "application/x-www-form-urlencoded"
            told["requestBody"] = {"required": True, "content": {form: {"schema": _form(route.form)}}}
        elif "requestBody" in operation:
            told["requestBody"] = {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}}}
        v2 = f"{method.upper()} {path}" in TRANSFER_V2
        error = _known("AuthError" if auth else "TransferV2Error" if v2 else "TransferError")
        told["responses"] = {
            str(route.status): {"description": "Done.", "content": _content(route)},
            "default": {
                "description": "Refused.",
                "content": {_JSON_API if v2 else "application/json": {"schema": error}},
            },
        }
        told["security"] = [{} if who == "anybody" else {who: []} for who in route.callers.split()]
        yield method, told


def _content(route: Route) -> dict[str, Any]:
    if not route.answer:
        return {"text/html": {"schema": _TEXT}}
    return {"application/json": {"schema": _any_of(route.answer)}}


def _any_of(names: str) -> dict[str, Any]:
    documents = [_known(name) for name in names.split()]
    return documents[0] if len(documents) == 1 else {"anyOf": documents}


def _parameters(fields: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": name.removesuffix("!"),
            "in": "query",
            "required": name.endswith("!"),
            "description": meaning,
            "schema": _TEXT,
        }
        for name, meaning in fields.items()
    ]


def _form(fields: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name.removesuffix("!"): {**_TEXT, "description": fields[name]} for name in fields},
        "required": [name.removesuffix("!") for name in fields if name.endswith("!")],
        "additionalProperties": False,
    }


def _without_titles(parameter: Mapping[str, Any]) -> dict[str, Any]:
    # They repeat the name.
    schema = {name: value for name, value in parameter["schema"].items() if name != "title"}
    return {**parameter, "schema": schema}


def _ref(name: str) -> str:
    return f"#/components/schemas/{name}"


def _known(name: str) -> dict[str, Any]:
    return {"$ref": _ref(name)}
