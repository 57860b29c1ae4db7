# Generated from oauth_client.py by tools/unasync.py: change that file.
"""OAuth clients, which are apps and services, and their credentials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import overload
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.auth import documents
from globus_typed.auth.query import check_one
from globus_typed.core.client import Client
from globus_typed.core.payloads import MISSING, NoMore
from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.core.results import with_id


class ClientMethods(Client):
    """Methods for OAuth clients and their credentials. They need a token with the scope ``manage_projects``."""

    def get_client(
        self,
        *,
        client_id: str | UUID | None = None,
        fqdn: str | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.OAuthClientResult:
        """The client with this id or domain name.

        ``GET /v2/api/clients/{client_id}``, or ``GET /v2/api/clients``

        Parameters: `client_id` or `fqdn`, a domain name that the client has proved to be its own; `query_params`,
        further query parameters.
        Raises `GlobusUsageError` for both or neither; `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Clients".
        """
        query = merged_query(self.get_client, params, query_params, {"fqdn": fqdn})
        check_one(client_id=client_id, fqdn=fqdn)
        route = ("v2", "api", "clients") if client_id is None else _client(client_id)
        return self.send(
            Request(
                "GET",
                route,
                documents.OAuthClientResult,
                query=query,
            )
        )

    def get_clients(
        self,
        *,
        project_id: str | UUID | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.OAuthClients:
        """The clients in the projects that the caller administers.

        ``GET /v2/api/clients``

        Parameters: `project_id`, to list the clients of this project alone; `query_params`, further query parameters.
        Raises `PermissionDeniedError`.
        Source: Auth API, "Clients".
        """
        query = merged_query(self.get_clients, params, query_params, {"project_id": project_id})
        return self.send(Request("GET", ("v2", "api", "clients"), documents.OAuthClients, query=query))

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
        additional_fields: Mapping[str, object] | None = None,
    ) -> documents.OAuthClientResult: ...
    @overload
    def create_client(
        self, data: documents.OAuthClientCreate | Mapping[str, object], /
    ) -> documents.OAuthClientResult: ...
    def create_client(
        self,
        name: documents.OAuthClientCreate | Mapping[str, object] | str | None = None,
        project: str | UUID | None = None,
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
        additional_fields: Mapping[str, object] | None = None,
        **unknown: Unpack[NoMore],
    ) -> documents.OAuthClientResult:
        """Create a client. The request is repeated only if it certainly did not arrive.

        ``POST /v2/api/clients``

        Parameters: either an `OAuthClientCreate`, or a mapping with the same content, alone in the first place; or
        the fields. `name`, a single line that users see; `project`, the project it belongs to; `public_client`,
        whether it cannot keep a secret, or else `client_type`; `visibility`, who can see it; `redirect_uris`, where
        users may be sent after a login; `terms_and_conditions` and `privacy_policy`, the URLs of those pages, both or
        neither; `required_idp`, the identity provider that users must have an identity with; `preselect_idp`, the one
        that the login page suggests; `userinfo_from_effective_identity`, whether the userinfo describes the identity
        that the user chose; `prompt_for_named_grant`, whether users are asked to name their consent;
        `additional_fields`, further fields by name, checked like the others.
        Raises `GlobusUsageError` for a payload with fields beside it; `pydantic.ValidationError`, which names the
        field, for a missing or invalid one; `PermissionDeniedError`.
        Source: Auth API, "Clients".
        """
        body = documents.OAuthClientCreate.of_call(
            unknown,
            name=name,
            project=project,
            public_client=public_client,
            client_type=client_type,
            visibility=visibility,
            redirect_uris=redirect_uris,
            terms_and_conditions=terms_and_conditions,
            privacy_policy=privacy_policy,
            required_idp=required_idp,
            preselect_idp=preselect_idp,
            userinfo_from_effective_identity=userinfo_from_effective_identity,
            prompt_for_named_grant=prompt_for_named_grant,
            additional_fields=additional_fields,
        )
        return self.send(Request("POST", ("v2", "api", "clients"), documents.OAuthClientResult, json=body))

    def update_client(
        self,
        client_id: str | UUID,
        data: documents.OAuthClientUpdate | Mapping[str, object] | None = None,
        *,
        name: str | MISSING = MISSING,
        visibility: documents.Visibility | MISSING = MISSING,
        redirect_uris: Iterable[str] | MISSING = MISSING,
        terms_and_conditions: str | None | MISSING = MISSING,
        privacy_policy: str | None | MISSING = MISSING,
        required_idp: str | UUID | None | MISSING = MISSING,
        preselect_idp: str | UUID | None | MISSING = MISSING,
        additional_fields: Mapping[str, object] | MISSING = MISSING,
        **unknown: Unpack[NoMore],
    ) -> documents.OAuthClientResult:
        """Change a client. Fields that are not given keep their values; its project and type cannot be changed.

        ``PUT /v2/api/clients/{client_id}``

        Parameters: `client_id`; either `data`, an `OAuthClientUpdate` or a mapping with the same content, or the
        fields, which are those of `create_client`; None removes the two pages, or an identity provider.
        Raises `GlobusUsageError` for `data` with fields beside it; `pydantic.ValidationError`, which names the field,
        for an invalid one; `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Clients".
        """
        body = documents.OAuthClientUpdate.of_call(
            unknown,
            data=data,
            name=name,
            visibility=visibility,
            redirect_uris=redirect_uris,
            terms_and_conditions=terms_and_conditions,
            privacy_policy=privacy_policy,
            required_idp=required_idp,
            preselect_idp=preselect_idp,
            additional_fields=additional_fields,
        )
        response = self.send(Request("PUT", _client(client_id), documents.OAuthClientResult, json=body))
        return with_id(response, client_id, "client")

    def delete_client(self, client_id: str | UUID) -> documents.OAuthClientResult:
        """Delete a client and its tokens; the result is the client as it was.

        ``DELETE /v2/api/clients/{client_id}``

        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Clients".
        """
        answer = self.send(Request("DELETE", _client(client_id), documents.OAuthClientResult))
        return with_id(answer, client_id, "client")

    def get_client_credentials(
        self,
        client_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.ClientCredentials:
        """The credentials of a client, without their secrets.

        ``GET /v2/api/clients/{client_id}/credentials``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Client Credentials".
        """
        return self.send(
            Request(
                "GET",
                (*_client(client_id), "credentials"),
                documents.ClientCredentials,
                query=merged_query(self.get_client_credentials, params, query_params),
            )
        )

    def create_client_credential(
        self,
        client_id: str | UUID,
        name: documents.ClientCredentialCreate | Mapping[str, object] | str,
        **unknown: Unpack[NoMore],
    ) -> documents.ClientCredentialResult:
        """Create a credential, whose secret is in this response and in no later one.

        The request is repeated only if it certainly did not arrive.

        ``POST /v2/api/clients/{client_id}/credentials``

        Parameters: `client_id`; `name`, by which to tell it from others, or a `ClientCredentialCreate`, or a mapping
        with the same content.
        Raises `pydantic.ValidationError` for an invalid name; `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Client Credentials".
        """
        body = documents.ClientCredentialCreate.of_call(unknown, name=name)
        route = (*_client(client_id), "credentials")
        return self.send(Request("POST", route, documents.ClientCredentialResult, json=body))

    def delete_client_credential(
        self, client_id: str | UUID, credential_id: str | UUID
    ) -> documents.ClientCredentialResult:
        """Delete a credential, so that its secret is no longer valid; the result is the credential as it was.

        ``DELETE /v2/api/clients/{client_id}/credentials/{credential_id}``

        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Client Credentials".
        """
        route = (*_client(client_id), "credentials", Part("credential_id", credential_id))
        return self.send(Request("DELETE", route, documents.ClientCredentialResult))


def _client(client_id: str | UUID) -> tuple[str | Part, ...]:
    return "v2", "api", "clients", Part("client_id", client_id)
