"""Globus Auth as the sandbox plays it."""

from collections.abc import Mapping

from globus_typed import registry
from globus_typed.sandbox.auth.errors import AuthRefused, OAuthRefused, refuse
from globus_typed.sandbox.auth.first_people import FirstPeople, furnish
from globus_typed.sandbox.auth.own_scopes import OWN_SCOPES
from globus_typed.sandbox.auth.routes import routes
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.described import reference
from globus_typed.sandbox.played import Area, PlayedService
from globus_typed.sandbox.setting import Setting

__all__ = ["PLAYED"]

_SCHEMAS: Mapping[str, Mapping[str, object]] = {
    "IdentityAnswer": {
        "description": "One identity.",
        "type": "object",
        "properties": {"identity": reference("Identity"), "included": reference("IdentitiesIncluded")},
        "required": ["identity"],
    },
    "AuthError": {
        "description": "Why Auth refused a request: in the form of OAuth2 on token routes, with `errors` elsewhere.",
        "type": "object",
        "properties": {
            "error": {"type": "string", "description": "Why, for programs."},
            "error_description": {"type": "string", "description": "Why, for people."},
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {name: {"type": "string"} for name in ("status", "code", "title", "detail")},
                },
            },
        },
        "required": ["error"],
    },
}


def _state(setting: Setting) -> AuthState:
    state = AuthState(
        setting.scopes,
        clock=setting.clock,
        token_lifetime=setting.options.token_lifetime,
        code_lifetime=setting.options.code_lifetime,
        refresh_token_lifetime=setting.options.refresh_token_lifetime,
        rotation=setting.options.rotation,
        strict_apps=setting.options.strict_apps,
    )
    state.base_url = setting.url
    state.registry.groups = setting.groups
    return state


def _environment(setting: Setting) -> dict[str, str]:
    people = setting.part(FirstPeople)
    return {
        **{f"GLOBUS_SDK_{name.upper()}_TOKEN": token for name, token in people.access_tokens.items()},
        "GLOBUS_SANDBOX_NATIVE_CLIENT_ID": people.native_client_id,
        "GLOBUS_SANDBOX_CLIENT_ID": people.client_id,
        "GLOBUS_SANDBOX_CLIENT_SECRET": people.client_secret,
    }


PLAYED = PlayedService(
    registry.service("auth"),
    routes,
    (Area("", "AuthError"),),
    refuse,
    refusals=(AuthRefused, OAuthRefused),
    state=_state,
    furnish=furnish,
    environment=_environment,
    scopes=OWN_SCOPES,
    versions="v2",
    schemas=_SCHEMAS,
)
