"""Preparation of an app for collections: one login for all that their use needs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from globus_typed.apps.collections import KnownCollections, collection_ids
from globus_typed.apps.results import LoginResult
from globus_typed.core.apps import App
from globus_typed.core.fields import is_id
from globus_typed.core.lazy import Later
from globus_typed.errors import GlobusUsageError
from globus_typed.gcs.scopes import CollectionScopes
from globus_typed.scopes.scope import Scope, Scopes
from globus_typed.timers.scopes import TimersScopes
from globus_typed.transfer.scopes import TransferScopes

if TYPE_CHECKING:
    from globus_typed.transfer import documents
else:
    documents = Later("globus_typed.transfer.documents")

__all__ = ["NeededScope", "Preparation", "prepare"]

_FLOW = "flow:"


@dataclass(frozen=True)
class NeededScope:
    """The needs of one collection, or of the purpose itself."""

    subject: str
    """The id of the collection or flow; or the resource server."""
    scope: str | None
    """The scope that the app asks for, such as ``transfer:all[*data_access]`` with the whole names; None for none."""
    reason: str
    """The reason why it is asked for, or why nothing is."""


@dataclass(frozen=True)
class Preparation:
    """The outcome of `prepare`: what the use of collections needs, and the login that asked for it."""

    needs: tuple[NeededScope, ...]
    """The needs of each collection, with the reasons."""
    login: LoginResult
    """The login; its `was_needed` is False if all had been asked for before."""

    @property
    def added(self) -> tuple[NeededScope, ...]:
        """Those of the needs that have a scope, which is a requirement of the app from now on."""
        return tuple(need for need in self.needs if need.scope is not None)


class _App(App, Protocol):
    def add_scope_requirements(self, scope_requirements: Mapping[str, Scopes]) -> object: ...
    def login(self) -> LoginResult: ...
    @property
    def clock(self) -> Callable[[], float]: ...


def prepare(
    app: _App, known: KnownCollections, collections: str | UUID | Iterable[str | UUID], purpose: str
) -> Preparation:
    """Have an app ask for what the use of collections needs. See `GlobusApp.prepare`."""
    ids = collection_ids(collections)
    base = _base(purpose)
    found = known.read(app, ids, app.clock())
    needs = [] if base is None else [NeededScope(base[0], str(base[1]), f"for the purpose {purpose}")]
    for each, collection in found.items():
        needs.append(_need(each, collection, base))
    requirements: dict[str, list[str]] = {}
    for need in needs:
        if need.scope is not None:
            requirements.setdefault(need.subject if base is None else base[0], []).append(need.scope)
    app.add_scope_requirements({server: tuple(scopes) for server, scopes in requirements.items()})
    return Preparation(tuple(needs), app.login())


def _base(purpose: str) -> tuple[str, Scope] | None:
    """The resource server of a purpose, and its scope before the collections are known; None for files by HTTPS, where
    each collection is a resource server."""
    transfer = Scope(TransferScopes.all)
    if purpose == "transfer":
        return TransferScopes.resource_server, transfer
    if purpose == "timer":
        return TimersScopes.resource_server, Scope(TimersScopes.timer, dependencies=(transfer,))
    if purpose == "https":
        return None
    flow = purpose.removeprefix(_FLOW)
    if purpose.startswith(_FLOW) and is_id(flow):
        flow = flow.lower()
        user = f"https://auth.globus.org/scopes/{flow}/flow_{flow.replace('-', '_')}_user"
        # A flow that transfers nothing has no use for it.
        return flow, Scope(user, dependencies=(transfer.with_optional(True),))
    raise GlobusUsageError(
        f'purpose: must be "transfer", "timer", "https" or "flow:" and the id of a flow, got {purpose!r}'
    )


def _need(collection_id: str, collection: "documents.Endpoint", base: tuple[str, Scope] | None) -> NeededScope:
    own, needed = CollectionScopes(collection_id), collection.needs_data_access
    kind = collection.entity_type or "a collection of an unknown kind"
    if base is None:
        scopes = f"{own.https} {own.data_access}" if needed else own.https
        return NeededScope(collection_id, scopes, f"files by HTTPS; it is {kind}")
    if needed:
        scope = _with_data_access(base[1], Scope(own.data_access, optional=True))
        return NeededScope(collection_id, str(scope), f"it is {kind}, which asks for the consent data_access")
    if needed is None:
        return NeededScope(
            collection_id,
            None,
            f"it is {kind}, and its document does not say whether it asks for the consent data_access; a call that is "
            "refused says what to ask for",
        )
    reason = "it is of high assurance" if collection.high_assurance else f"it is {kind}"
    return NeededScope(collection_id, None, f"{reason}, which has no scope data_access")


def _with_data_access(scope: Scope, data_access: Scope) -> Scope:
    """The scope with the consent below that of Transfer, wherever that stands in it."""
    if scope.scope_string == TransferScopes.all:
        return scope.with_dependency(data_access)
    below = tuple(_with_data_access(each, data_access) for each in scope.dependencies)
    return Scope(scope.scope_string, optional=scope.optional, dependencies=below)
