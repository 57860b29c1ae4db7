"""The paths that modules had before version 0.2, and in globus-sdk, for programs that import by them."""

import sys
from collections.abc import Iterable, Sequence
from functools import partial
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.abc import Loader, MetaPathFinder
else:  # at run time these bring importlib.resources along, which is a fifth of all that an import takes
    Loader = MetaPathFinder = object

__all__ = ["FORMER_PATHS", "OFFICIAL_PATHS", "find_former_paths"]

FORMER_PATHS = {
    "_concurrency": "core.concurrency",
    "_lazy": "core.lazy",
    "async_client": "core.async_client",
    "async_connections": "core.async_connections",
    "async_pager": "core.async_pager",
    "auth.async_client.client": "auth.async_client.oauth_client",
    "auth.client.client": "auth.client.oauth_client",
    "auth.documents.client": "auth.documents.oauth_client",
    "checking": "check.report",
    "client": "core.client",
    "connections": "core.connections",
    "demo": "cli.demo",
    "documents": "core.documents core.payloads core.http_info core.fields",
    "elements": "check.elements",
    "fields": "core.fields core.http_info",
    "kinds": "schema.catalogue",
    "openapi": "schema.openapi",
    "openapi_routes": "sandbox.openapi",
    "pager": "core.pager",
    "paging": "core.paging",
    "problems": "core.problems",
    "reading": "check.reader",
    "request": "core.request",
    "retry": "core.retry",
    "sandbox.auth.api": "sandbox.auth.routes.api",
    "sandbox.auth.authorize": "sandbox.auth.routes.authorize",
    "sandbox.auth.clients": "sandbox.auth.routes.clients",
    "sandbox.auth.consenting": "sandbox.auth.store.consents",
    "sandbox.auth.consents": "sandbox.auth.routes.consents",
    "sandbox.auth.credentials": "sandbox.auth.routes.credentials",
    "sandbox.auth.directory": "sandbox.auth.store.directory",
    "sandbox.auth.forms": "sandbox.auth.routes.forms",
    "sandbox.auth.identities": "sandbox.auth.routes.identities",
    "sandbox.auth.identity_providers": "sandbox.auth.routes.identity_providers",
    "sandbox.auth.introspect": "sandbox.auth.routes.introspect",
    "sandbox.auth.keys": "sandbox.auth.store.keys",
    "sandbox.auth.known_scopes": "sandbox.auth.own_scopes",
    "sandbox.auth.ledger": "sandbox.auth.store.ledger",
    "sandbox.auth.login_request": "sandbox.auth.routes.login_request",
    "sandbox.auth.openid": "sandbox.auth.routes.openid",
    "sandbox.auth.policies": "sandbox.auth.routes.policies",
    "sandbox.auth.projects": "sandbox.auth.routes.projects",
    "sandbox.auth.records": "sandbox.auth.store.directory",
    "sandbox.auth.registered": "sandbox.auth.store.developer",
    "sandbox.auth.registered_scopes": "sandbox.auth.routes.scopes",
    "sandbox.auth.registry": "sandbox.auth.store.developer",
    "sandbox.auth.requirements": "sandbox.auth.routes.login_requirements",
    "sandbox.auth.scopes": "sandbox.auth.scope_syntax",
    "sandbox.auth.sessions": "sandbox.auth.store.sessions",
    "sandbox.auth.token": "sandbox.auth.routes.token",
    "sandbox.auth.web": "sandbox.auth.routes.web",
    "sandbox.seed": "sandbox.transfer.seed",
    "sandbox.transfer.access": "sandbox.transfer.routes.access",
    "sandbox.transfer.activation": "sandbox.transfer.routes.activation",
    "sandbox.transfer.answers": "sandbox.transfer.responses",
    "sandbox.transfer.bodies": "sandbox.transfer.request_bodies",
    "sandbox.transfer.bookmarks": "sandbox.transfer.routes.bookmarks",
    "sandbox.transfer.bookmarks_v2": "sandbox.transfer.routes.bookmarks_v2",
    "sandbox.transfer.collections": "sandbox.transfer.store.collections",
    "sandbox.transfer.copying": "sandbox.transfer.mover.copy",
    "sandbox.transfer.deleting": "sandbox.transfer.mover.delete_work",
    "sandbox.transfer.endpoint_changes": "sandbox.transfer.routes.endpoint_changes",
    "sandbox.transfer.endpoints": "sandbox.transfer.routes.endpoints",
    "sandbox.transfer.faults": "sandbox.transfer.mover.faults",
    "sandbox.transfer.managed_tasks": "sandbox.transfer.routes.managed_tasks",
    "sandbox.transfer.management": "sandbox.transfer.routes.managed_endpoints",
    "sandbox.transfer.moving": "sandbox.transfer.mover.transfer_work",
    "sandbox.transfer.operations": "sandbox.transfer.routes.operations",
    "sandbox.transfer.pause_rules": "sandbox.transfer.routes.pause_rules",
    "sandbox.transfer.pausing": "sandbox.transfer.store.pauses",
    "sandbox.transfer.permissions": "sandbox.transfer.store.permissions",
    "sandbox.transfer.queries": "sandbox.transfer.routes.queries",
    "sandbox.transfer.roles": "sandbox.transfer.routes.roles",
    "sandbox.transfer.rules": "sandbox.transfer.mover.filter_rules",
    "sandbox.transfer.servers": "sandbox.transfer.routes.servers",
    "sandbox.transfer.sharing": "sandbox.transfer.routes.shared_endpoints",
    "sandbox.transfer.stream_access_points": "sandbox.transfer.routes.stream_access_points",
    "sandbox.transfer.streams": "sandbox.transfer.store.streams",
    "sandbox.transfer.submission": "sandbox.transfer.routes.submissions",
    "sandbox.transfer.task": "sandbox.transfer.store.task",
    "sandbox.transfer.tasks": "sandbox.transfer.routes.tasks",
    "sandbox.transfer.tunnels": "sandbox.transfer.routes.tunnels",
    "sandbox.transfer.turns": "sandbox.transfer.mover.turns",
    "sandbox.transfer.whole": "sandbox.transfer.task_conflicts",
    "schema_rules": "core.schema_parts",
    "schemas": "schema.json_schema",
    "transfer.async_client.management": "transfer.async_client.endpoint_manager",
    "transfer.client.management": "transfer.client.endpoint_manager",
    "transfer.documents.ahead": "transfer.documents.future_time",
    "transfer.documents.builder": "transfer.documents.task_builder",
    "transfer.documents.management": "transfer.documents.endpoint_manager",
    "transfer.documents.sequence": "transfer.documents.item_list",
    "transfer.documents.whole": "transfer.documents.task_findings",
    "transport": "core.transport",
    "validation": "check.validation",
    "wire": "core.wire",
}
"""The modules by their former paths, all within this package; several where one was split."""

OFFICIAL_PATHS = {
    "auth.client_types": "auth.client",
    "auth.client_types.base": "auth.client",
    "auth.client_types.confidential_client": "auth.client",
    "auth.client_types.native_client": "auth.client",
    "auth.oauth2_authorization_code": "auth.oauth_flow_manager",
    "auth.oauth2_constants": "auth.scopes",
    "auth.oauth2_flow_manager": "auth.oauth_flow_manager",
    "auth.oauth2_native_app": "auth.oauth_flow_manager",
    "authorizers.access_token": "authorizers",
    "authorizers.basic": "authorizers",
    "authorizers.client_credentials": "authorizers",
    "authorizers.null": "authorizers",
    "authorizers.refresh_token": "authorizers",
    "authorizers.renewing": "authorizers",
    "globus_app.app": "globus_app",
    "globus_app.client_app": "globus_app",
    "globus_app.config": "globus_app",
    "globus_app.protocols": "globus_app",
    "globus_app.user_app": "globus_app",
    "local_endpoint": "files",
    "local_endpoint.personal": "files",
    "local_endpoint.personal.endpoint": "files",
    "local_endpoint.personal.owner_info": "files",
    "local_endpoint.server": "files",
    "local_endpoint.server.endpoint": "files",
    "login_flows.command_line_login_flow_manager": "login_flows",
    "login_flows.local_server_login_flow_manager": "login_flows",
    "login_flows.local_server_login_flow_manager.errors": "login_flows",
    "login_flows.local_server_login_flow_manager.local_server_login_flow_manager": "login_flows",
    "login_flows.login_flow_manager": "login_flows",
    "scopes.data": "scopes",
    "scopes.data.auth": "auth.scopes",
    "scopes.data.compute": "compute.scopes",
    "scopes.data.flows": "flows.scopes",
    "scopes.data.gcs": "gcs.scopes",
    "scopes.data.groups": "groups.scopes",
    "scopes.data.search": "search.scopes",
    "scopes.data.timers": "timers.scopes",
    "scopes.data.transfer": "transfer.scopes",
    "scopes.representation": "scopes.scope",
    "services": "",
    "services.auth": "auth",
    "services.auth.client": "auth.client",
    "services.auth.errors": "auth.errors",
    "services.auth.flow_managers": "auth.oauth_flow_manager",
    "services.auth.response": "auth.token_response auth.documents.identity",
    "services.groups": "groups",
    "services.groups.client": "groups.client",
    "services.groups.data": "groups.documents",
    "services.groups.errors": "groups.errors",
    "services.groups.manager": "groups.client",
    "services.transfer": "transfer",
    "services.transfer.client": "transfer.client",
    "services.transfer.data": "transfer.data",
    "services.transfer.errors": "transfer.errors",
    "services.transfer.response": "transfer.response",
    "token_storage.base": "token_storage",
    "token_storage.json": "token_storage",
    "token_storage.memory": "token_storage",
    "token_storage.sqlite": "token_storage",
    "token_storage.token_data": "token_storage",
    "token_storage.validating_token_storage": "token_storage",
    "token_storage.validating_token_storage.context": "token_storage",
    "token_storage.validating_token_storage.errors": "token_storage",
    "token_storage.validating_token_storage.storage": "token_storage",
    "token_storage.validating_token_storage.validators": "token_storage",
    "tokenstorage": "token_storage token_storage.legacy",
    "transfer.response.activation": "transfer.response",
    "transfer.response.base": "transfer.response",
    "transfer.response.iterable": "transfer.response",
    "version": "_version",
}
"""The modules with the documented names by their paths in globus-sdk 0.7.0 to 4.x, where these are others."""

_PACKAGE = __name__.rpartition(".")[0]
_PACKAGES = {path.rpartition(".")[0] for path in OFFICIAL_PATHS}


class _Finder(MetaPathFinder):
    """Finds a module by its former path, after all other finders have found none there."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        name = fullname.removeprefix(f"{_PACKAGE}.")
        homes = FORMER_PATHS.get(name, OFFICIAL_PATHS.get(name))
        if homes is None:
            return None
        loader = _Loader(f"{_PACKAGE}.{home}" for home in homes.split())
        return ModuleSpec(fullname, loader, is_package=name in _PACKAGES)


class _Loader(Loader):
    def __init__(self, homes: Iterable[str]) -> None:
        self._homes = tuple(homes)

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        modules = [import_module(home) for home in self._homes]
        if hasattr(module, "__path__"):
            # Not the very module, below whose own path others would be found, and loaded once more.
            for home in modules:
                names = {"__getattr__": partial(_public, home), "__dir__": partial(dir, home), "__all__": home.__all__}
                vars(module).update(names)
            return
        if len(modules) == 1:
            # The very module, so that what is set in one is set in both; the import system takes what stands here.
            sys.modules[module.__name__] = modules[0]
        for each in reversed(modules):
            vars(module).update({name: value for name, value in vars(each).items() if not name.startswith("__")})


def _public(home: ModuleType, name: str) -> object:
    """The name that a module has, if it is one of its own: where that module stands is no matter of another."""
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(home, name)


def find_former_paths() -> None:
    """Let modules be imported by their former paths too."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())
