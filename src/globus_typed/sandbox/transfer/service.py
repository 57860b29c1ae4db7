"""Globus Transfer as the sandbox plays it."""

from collections.abc import Mapping

from globus_typed import registry
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.https.access import CollectionsOverHTTPS
from globus_typed.sandbox.known_scopes import ServiceScopes
from globus_typed.sandbox.played import Area, PlayedService
from globus_typed.sandbox.setting import Setting
from globus_typed.sandbox.transfer.errors import TransferRefused, refuse
from globus_typed.sandbox.transfer.first_collections import furnish
from globus_typed.sandbox.transfer.json_api import MEDIA_TYPE, RESOURCES, V2_PREFIX
from globus_typed.sandbox.transfer.responses import PREFIX
from globus_typed.sandbox.transfer.routes import routes
from globus_typed.sandbox.transfer.state import TRANSFER_SCOPE, TransferState

__all__ = ["PLAYED"]

_SERVER = "(?P<server>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_SCOPES = ServiceScopes(
    "transfer.api.globus.org",
    {
        TRANSFER_SCOPE: "See, move, share and delete data on collections as you can, with Globus Transfer",
        "urn:globus:auth:scope:transfer.api.globus.org:gcp_install": "Set up Globus Connect Personal for you",
    },
    {
        rf"https://auth\.globus\.org/scopes/{_SERVER}/data_access": (
            "See and change the data on collection {server} as you can"
        ),
        rf"https://auth\.globus\.org/scopes/{_SERVER}/https": (
            "Download, upload and delete files of collection {server} as you can"
        ),
    },
)

_CODE = {"type": "string", "description": "Why, for programs, from the general to the particular."}
_REQUEST_ID = {"type": "string", "description": "The id of the request."}
_WHY = {"type": "string", "description": "Why, for people."}
_SCHEMAS: Mapping[str, Mapping[str, object]] = {
    "TransferError": {
        "description": "Why Transfer refused a request.",
        "type": "object",
        "properties": {
            "code": _CODE,
            "message": _WHY,
            "request_id": _REQUEST_ID,
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
                        "status": {"type": "string", "description": "The HTTP status."},
                        "code": _CODE,
                        "title": {"type": "string", "description": "What the status means."},
                        "detail": _WHY,
                    },
                    "required": ["status", "code", "title", "detail"],
                },
            },
            "meta": {"type": "object", "properties": {"request_id": _REQUEST_ID}, "required": ["request_id"]},
        },
        "required": ["errors", "meta"],
    },
}


def _state(setting: Setting) -> TransferState:
    state = TransferState(
        setting.part(AuthState),
        clock=setting.clock,
        pace=setting.options.pace,
        retry_faults_for=setting.options.retry_faults_for,
    )
    setting.scopes.refuse_where(state.lacks_scope)
    access = CollectionsOverHTTPS(setting, state)
    setting.add(access)
    state.https_address = access.address
    return state


def _close(setting: Setting) -> None:
    setting.part(TransferState).close()
    setting.part(CollectionsOverHTTPS).close()


PLAYED = PlayedService(
    registry.service("transfer"),
    routes,
    (
        Area(PREFIX, "TransferError"),
        *(Area(f"{V2_PREFIX}/{resource}", "TransferV2Error", MEDIA_TYPE) for resource in RESOURCES),
    ),
    refuse,
    refusals=(TransferRefused,),
    state=_state,
    furnish=furnish,
    close=_close,
    environment=lambda setting: setting.part(CollectionsOverHTTPS).environment,
    needs=("auth",),
    scopes=_SCOPES,
    versions="v0.10 and v2",
    schemas=_SCHEMAS,
)
