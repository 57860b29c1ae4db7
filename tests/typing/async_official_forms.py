# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of the forms of globus-sdk. Checked, never run: every ignored line must be an error."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from typing_extensions import assert_type

from globus_typed import (
    AsyncAuthClient,
    AsyncConfidentialAppAuthClient,
    AsyncNativeAppAuthClient,
    AsyncTransferClient,
    DeleteData,
    Endpoint,
    Event,
    GlobusAPIError,
    GlobusHTTPResponse,
    GlobusSDKUsageError,
    IterableTransferResponse,
    OAuthTokenResponse,
    ResourceServerToken,
    Response,
    Task,
    TokenResponse,
    TransferData,
)
from globus_typed.auth import DependentTokenResponse, IdToken, Introspection, OpenIDConfiguration
from globus_typed.auth.oauth_flow_manager import GlobusOAuthFlowManager
from globus_typed.auth.token_response import OAuthDependentTokenResponse
from globus_typed.authorizers.base import GlobusAuthorizer
from globus_typed.base import BaseClient
from globus_typed.core.async_paginator import AsyncPaginator
from globus_typed.core.error_info import AuthorizationParameterInfo, ConsentRequiredInfo, ErrorInfoContainer
from globus_typed.transfer import (
    BookmarkV2List,
    BookmarkV2Resource,
    DeleteItem,
    EndpointList,
    EventList,
    ManagedTask,
    ManagedTaskList,
    SharedEndpointId,
    SharedEndpointList,
    SkippedError,
    SkippedErrors,
    SuccessfulTransfer,
    SuccessfulTransfers,
    TaskList,
    TaskUpdate,
    TransferItem,
    TransferSymlinkItem,
)
from globus_typed.transfer.paging import PaginatedResource
from globus_typed.transfer.response import ActivationRequirementsResponse, TransferResponse

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"


async def pages(tc: AsyncTransferClient) -> None:
    assert_type(tc.paginated.task_list(filter="status:ACTIVE"), AsyncPaginator[Task, TaskList])
    assert_type(tc.paginated.task_list().items(), AsyncIterator[Task])
    assert_type(tc.paginated.task_list().pages(), AsyncIterator[TaskList])
    async for page in tc.paginated.endpoint_search("x", filter_scope="my-endpoints"):
        assert_type(page, EndpointList)
    async for endpoint in tc.paginated.endpoint_search("x").items():
        assert_type(endpoint, Endpoint)
    assert_type(tc.paginated.task_event_list(ID), AsyncPaginator[Event, EventList])
    assert_type(tc.paginated.task_successful_transfers(ID), AsyncPaginator[SuccessfulTransfer, SuccessfulTransfers])
    assert_type(tc.paginated.task_skipped_errors(ID), AsyncPaginator[SkippedError, SkippedErrors])
    assert_type(tc.paginated.get_shared_endpoint_list(ID), AsyncPaginator[SharedEndpointId, SharedEndpointList])
    assert_type(tc.paginated.endpoint_manager_task_list(), AsyncPaginator[ManagedTask, ManagedTaskList])
    assert_type(tc.paginated.list_bookmarks_v2(), AsyncPaginator[BookmarkV2Resource, BookmarkV2List])
    assert_type(await tc.task_list()["DATA"], list[dict[str, Any]])
    assert_type(await tc.task_list().without_limit().all(), list[Task])
    tc.paginated.task_list(filters="x")  # type: ignore[call-arg]  # a misspelt keyword
    tc.paginated.task_list(num_results="all")  # type: ignore[arg-type]  # None means all
    tc.paginated.task_event_list()  # type: ignore[call-arg]  # of which task
    tc.paginated.get_task(ID)  # type: ignore[attr-defined]  # gives no list
    tc.task_list()[0]  # type: ignore[index]  # a pager has no places


async def low_level(tc: AsyncTransferClient) -> None:
    assert_type(await tc.patch("x", data={"a": 1}, encoding="json", query_params={"q": 1}), Response)
    assert_type(await tc.patch("x", {"a": 1}, response_class=Endpoint), Endpoint)
    assert_type(await tc.post("x", data=TaskUpdate(label="x"), response_class=Endpoint), Endpoint)
    assert_type(await tc.put("x", data=b"raw"), Response)
    assert_type(await tc.get("x", query_params={"q": "1"}), Response)
    assert_type(await tc.delete("x", query_params={"q": "1"}), Response)
    await tc.post("x", data=3)  # type: ignore[call-overload]  # a number is no body
    await tc.post("x", data={}, encoding="xml")  # type: ignore[call-overload]  # json, form or text
    await tc.patch("x", dat={})  # type: ignore[call-overload]  # a misspelt keyword
    await tc.get("x", query_params="a=b")  # type: ignore[call-overload]  # a mapping
    await tc.get("x", data={})  # type: ignore[call-overload]  # a GET has no body


def builders(data: TransferData, delete: DeleteData) -> None:
    TransferData(ID, ID, additional_fields={"perf_cc": 4})
    DeleteData(ID, additional_fields={"ignore_missing": True})
    data.add_item("/a", "/b", additional_fields={"verify_size": 5})
    delete.add_item("/a", additional_fields={})
    assert_type(data.iter_items(), Iterator[TransferItem | TransferSymlinkItem])
    assert_type(delete.iter_items(), Iterator[DeleteItem])
    data.update({"label": "x"})
    label: str = data.get("label", "none")
    assert_type(label, str)
    TransferData(ID, ID, additional_fields=["perf_cc"])  # type: ignore[arg-type]  # a mapping
    DeleteData(ID, additional_field={})  # type: ignore[call-arg]  # a misspelt keyword
    data.add_item("/a", "/b", additional_fields="x")  # type: ignore[arg-type]  # a mapping
    data.get(1)  # type: ignore[arg-type]  # a name
    data.update(label="x")  # type: ignore[call-arg]  # fields are given as a mapping
    delete.iter_item()  # type: ignore[attr-defined]  # a misspelt method


def errors(error: GlobusAPIError) -> None:
    assert_type(error.text, str)
    assert_type(error.info, ErrorInfoContainer)
    assert_type(error.info.consent_required, ConsentRequiredInfo)
    assert_type(error.info.consent_required.required_scopes, tuple[str, ...])
    assert_type(error.info.authorization_parameters, AuthorizationParameterInfo)
    assert_type(error.info.authorization_parameters.session_required_identities, list[str] | None)
    print(error.info.consent_requird)  # type: ignore[attr-defined]  # a misspelt member


async def tokens(
    app: AsyncConfidentialAppAuthClient, native: AsyncNativeAppAuthClient, response: TokenResponse
) -> None:
    configuration: OpenIDConfiguration = await app.get_openid_configuration()
    assert_type(
        await app.oauth2_get_dependent_tokens("t", refresh_tokens=True, scope=["a", "b"]), DependentTokenResponse
    )
    assert_type(await app.oauth2_token_introspect("t", query_params={"x": "y"}), Introspection)
    assert_type(response.by_scopes["openid email"], ResourceServerToken)
    assert_type(
        await app.decode_id_token(response, openid_configuration=configuration, jwt_params={"leeway": 5}), IdToken
    )
    assert_type(
        await response.decode_id_token(app, leeway=5, openid_configuration=configuration, jwt_params={}), IdToken
    )
    assert_type(native.oauth2_get_authorize_url(query_params={"x": "y"}), str)
    await app.oauth2_get_dependent_tokens("t", refresh_tokens="yes")  # type: ignore[arg-type]  # a bool
    await app.oauth2_get_dependent_tokens("t", scop="a")  # type: ignore[call-arg]  # a misspelt keyword
    await app.decode_id_token(response, jwt_params={"verify_exp": False})  # type: ignore[arg-type]  # no check can be turned off
    await response.decode_id_token(app, openid_configuration={})  # type: ignore[arg-type]  # the document
    native.oauth2_get_authorize_url(query_param={})  # type: ignore[call-arg]  # a misspelt keyword
    response.by_scopes[1]  # type: ignore[index]  # a scope


def names(
    response: TransferResponse,
    listing: IterableTransferResponse[Endpoint],
    pager: PaginatedResource[Task, TaskList],
    login: GlobusOAuthFlowManager,
    requirements: ActivationRequirementsResponse,
    authorizer: GlobusAuthorizer,
    dependent: OAuthDependentTokenResponse,
    given: OAuthTokenResponse,
    client: BaseClient,
    auth: AsyncAuthClient,
) -> None:
    base: GlobusHTTPResponse = listing
    base = requirements
    base = given
    assert_type(base.http_status, int | None)
    assert_type(response["x"], Any)
    assert_type(pager.all(), list[Task])
    assert_type(login.get_authorize_url(), str)
    assert_type(authorizer.get_authorization_header(), str | None)
    assert_type(dependent.by_scopes["x"], ResourceServerToken)
    assert_type(client.base_url, str)
    assert_type(GlobusSDKUsageError("x").args, tuple[Any, ...])
    base = client  # type: ignore[assignment]  # a client is no response
    base = auth  # type: ignore[assignment]  # nor is this one
