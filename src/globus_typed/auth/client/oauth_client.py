# Generated from oauth_client.py by tools/unasync.py: change that file.
"""Clients, which are apps and services, and their credentials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, overload
from uuid import UUID

from globus_typed.auth import documents
from globus_typed.auth.query import check_one
from globus_typed.core.client import Client
from globus_typed.core.payloads import MISSING
from globus_typed.core.request import Part, QueryValue, Request


class ClientMethods(Client):
    """Methods on clients and their credentials. They need a token with the scope ``manage_projects``."""

    def get_client(
        self, *, client_id: str | UUID | None = None, fqdn: str | None = None, **params: QueryValue
    ) -> documents.OAuthClientResult:
        """The client with that id, or with that domain name.

        ``GET /v2/api/clients/{client_id}``, or ``GET /v2/api/clients``

        Parameters: `client_id` or `fqdn`, a domain name that the client has shown to be its own; `params`, further
        query parameters.
        Raises `GlobusUsageError` for both or neither; `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Clients".
        """
        check_one(client_id=client_id, fqdn=fqdn)
        route = ("v2", "api", "clients") if client_id is None else _client(client_id)
        return self.send(Request("GET", route, documents.OAuthClientResult, query={"fqdn": fqdn, **params}))

    def get_clients(self, *, project_id: str | UUID | None = None, **params: QueryValue) -> documents.OAuthClients:
        """The clients in the projects that the caller administers.

        ``GET /v2/api/clients``

        Parameters: `project_id`, the one project whose clients to give; `params`, further query parameters.
        Raises `PermissionDeniedError`.
        Source: Auth API, "Clients".
        """
        query: dict[str, QueryValue] = {"project_id": project_id, **params}
        return self.send(Request("GET", ("v2", "api", "clients"), documents.OAuthClients, query=query))

    @overload
    def create_client(
        self, data: documents.OAuthClientCreate | Mapping[str, Any], /
    ) -> documents.OAuthClientResult: ...
    @overload
    def create_client(
        self,
        name: str,
        project: str | UUID,
        *,
        public_client: bool | None = None,
        client_type: documents.KnownClientType | None = None,
        visibility: documents.Visibility | None = None,
        redirect_uris: Iterable[str] | None = None,
        terms_and_conditions: str | None = None,
        privacy_policy: str | None = None,
        required_idp: str | UUID | None = None,
        preselect_idp: str | UUID | None = None,
        userinfo_from_effective_identity: bool | None = None,
        prompt_for_named_grant: bool | None = None,
        additional_fields: Mapping[str, Any] | None = None,
    ) -> documents.OAuthClientResult: ...
    def create_client(self, *args: Any, **fields: Any) -> documents.OAuthClientResult:
        """The new client; it is asked for once, unless the request surely did not arrive.

        ``POST /v2/api/clients``

        Parameters: the fields, or an `OAuthClientCreate`, or a mapping that holds such a document. `name`, one line
        that users see; `project`, which it belongs to; `public_client`, whether it can keep no secret, or else
        `client_type`, what it is; `visibility`, who sees it; `redirect_uris`, where its users may come back to after
        a login; `terms_and_conditions` and `privacy_policy`, the addresses of those pages, both or neither;
        `required_idp`, the identity provider that users must have an identity of; `preselect_idp`, the one that the
        login page suggests; `userinfo_from_effective_identity`, whether the userinfo is that of the identity that the
        user chose; `prompt_for_named_grant`, whether users name what they allow; `additional_fields`, fields by their
        names, checked as the others are.
        Raises `pydantic.ValidationError`, which names the field, for what cannot be right; `PermissionDeniedError`.
        Source: Auth API, "Clients".
        """
        body = documents.OAuthClientCreate.of_call(args, fields)
        return self.send(Request("POST", ("v2", "api", "clients"), documents.OAuthClientResult, json=body))

    @overload
    def update_client(
        self, client_id: str | UUID, data: documents.OAuthClientUpdate | Mapping[str, Any], /
    ) -> documents.OAuthClientResult: ...
    @overload
    def update_client(
        self,
        client_id: str | UUID,
        *,
        name: str | MISSING = MISSING,
        visibility: documents.Visibility | MISSING = MISSING,
        redirect_uris: Iterable[str] | MISSING = MISSING,
        terms_and_conditions: str | None | MISSING = MISSING,
        privacy_policy: str | None | MISSING = MISSING,
        required_idp: str | UUID | None | MISSING = MISSING,
        preselect_idp: str | UUID | None | MISSING = MISSING,
        additional_fields: Mapping[str, Any] | MISSING = MISSING,
    ) -> documents.OAuthClientResult: ...
    def update_client(self, client_id: str | UUID, *args: Any, **fields: Any) -> documents.OAuthClientResult:
        """The client as it is after the change; fields that are not given stay, and so do project and kind.

        ``PUT /v2/api/clients/{client_id}``

        Parameters: the fields, or an `OAuthClientUpdate`, or a mapping that holds such a document. They are those of
        `create_client`; None takes the two pages, or an identity provider, away.
        Raises `pydantic.ValidationError`, which names the field, for what cannot be right; `NotFoundError`,
        `PermissionDeniedError`.
        Source: Auth API, "Clients".
        """
        body = documents.OAuthClientUpdate.of_call(args, fields)
        return self.send(Request("PUT", _client(client_id), documents.OAuthClientResult, json=body))

    def delete_client(self, client_id: str | UUID) -> documents.OAuthClientResult:
        """The client as it was until now: it is gone, and its tokens with it.

        ``DELETE /v2/api/clients/{client_id}``

        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Clients".
        """
        return self.send(Request("DELETE", _client(client_id), documents.OAuthClientResult))

    def get_client_credentials(self, client_id: str | UUID, **params: QueryValue) -> documents.ClientCredentials:
        """The credentials of a client, without their secrets.

        ``GET /v2/api/clients/{client_id}/credentials``

        Parameters: `params`, query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Client Credentials".
        """
        return self.send(
            Request("GET", (*_client(client_id), "credentials"), documents.ClientCredentials, query=params)
        )

    @overload
    def create_client_credential(
        self, client_id: str | UUID, data: documents.ClientCredentialCreate | Mapping[str, Any], /
    ) -> documents.ClientCredentialResult: ...
    @overload
    def create_client_credential(self, client_id: str | UUID, name: str) -> documents.ClientCredentialResult: ...
    def create_client_credential(
        self, client_id: str | UUID, *args: Any, **fields: Any
    ) -> documents.ClientCredentialResult:
        """The new credential with its secret, which no later answer holds; asked for once, unless the request surely
        did not arrive.

        ``POST /v2/api/clients/{client_id}/credentials``

        Parameters: `name`, what to call it, or a `ClientCredentialCreate`, or a mapping that holds such a document.
        Raises `pydantic.ValidationError` for a name that is none; `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Client Credentials".
        """
        body = documents.ClientCredentialCreate.of_call(args, fields)
        return self.send(
            Request("POST", (*_client(client_id), "credentials"), documents.ClientCredentialResult, json=body)
        )

    def delete_client_credential(
        self, client_id: str | UUID, credential_id: str | UUID
    ) -> documents.ClientCredentialResult:
        """The credential as it was until now: its secret is good for nothing any more.

        ``DELETE /v2/api/clients/{client_id}/credentials/{credential_id}``

        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Client Credentials".
        """
        route = (*_client(client_id), "credentials", Part("credential_id", credential_id))
        return self.send(Request("DELETE", route, documents.ClientCredentialResult))


def _client(client_id: str | UUID) -> tuple[str | Part, ...]:
    return "v2", "api", "clients", Part("client_id", client_id)
