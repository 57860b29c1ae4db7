"""Globus Groups as the sandbox plays it."""

from collections.abc import Mapping

from globus_typed import registry
from globus_typed.sandbox.auth.first_people import FirstPeople
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.groups.errors import GroupsRefused, refuse
from globus_typed.sandbox.groups.routes import routes
from globus_typed.sandbox.groups.state import ALL, VIEW, GroupsState
from globus_typed.sandbox.groups.store.group import SandboxGroup
from globus_typed.sandbox.known_scopes import ServiceScopes
from globus_typed.sandbox.played import Area, PlayedService
from globus_typed.sandbox.setting import SUBSCRIPTION_ID, Setting

__all__ = ["PLAYED"]

_SCOPES = ServiceScopes(
    "groups.api.globus.org",
    {ALL: "See and change your groups and memberships", VIEW: "See which groups you are a member of"},
)
_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_SCHEMAS: Mapping[str, Mapping[str, object]] = {
    "GroupsError": {
        "description": "Why Groups refused a request: with a code, or for what does not fit with a list of problems.",
        "type": "object",
        "properties": {
            "code": {**_TEXT, "description": "Why, for programs."},
            "detail": {
                "description": "Why, for people.",
                "anyOf": [
                    _TEXT,
                    {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "loc": {"type": "array", "items": {"type": ["string", "integer"]}},
                                "msg": _TEXT,
                                "type": _TEXT,
                            },
                            "required": ["loc", "msg", "type"],
                        },
                    },
                ],
            },
            "provided_scopes": _TEXTS,
            "ambiguous_identities": _TEXTS,
            "authorization_parameters": {"type": "object"},
        },
        "required": ["detail"],
    }
}


def _state(setting: Setting) -> GroupsState:
    state = GroupsState(setting.part(AuthState), clock=setting.clock)
    setting.groups.ask(state.known)
    return state


def _furnish(setting: Setting) -> SandboxGroup:
    """The group of the subscription, which the user and the app manage without being among its members."""
    people = setting.part(FirstPeople)
    return setting.part(GroupsState).add_group(
        "Sandbox subscribers",
        (),
        group=SandboxGroup(
            "Sandbox subscribers",
            enforce_session=True,
            session_limit=1800,
            subscription_id=SUBSCRIPTION_ID,
            managed_by=frozenset({people.user.id, people.app_identity.id}),
        ),
    )


PLAYED = PlayedService(
    registry.service("groups"),
    routes,
    tuple(Area(f"/v2/{resource}", "GroupsError") for resource in ("groups", "preferences", "subscription_info")),
    refuse,
    refusals=(GroupsRefused,),
    state=_state,
    furnish=_furnish,
    needs=("auth",),
    scopes=_SCOPES,
    versions="v2",
    schemas=_SCHEMAS,
)
