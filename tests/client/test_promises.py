# Generated from test_async_promises.py by tools/unasync.py: change that file.
"""The promises of a call, as a program meets them: where it fails, how often it is sent, what it never gives away."""

import traceback
from pathlib import Path

import httpx
import pytest

import globus_typed
from globus_typed import (
    AuthenticationError,
    GlobusConnectionError,
    NativeAppAuthClient,
    NotFoundError,
    RateLimitedError,
    RefreshTokenAuthorizer,
    ServiceUnavailableError,
    TransferAPIError,
    TransferClient,
    TransferData,
)

from .service import ID, NOW, Service, error

pytestmark = pytest.mark.anyio

PACKAGE = str(Path(globus_typed.__file__).parent)


def test_a_refusal_has_three_frames_of_ours() -> None:
    with pytest.raises(NotFoundError) as caught:
        Service(error(404, "EndpointNotFound")).transfer().get_endpoint(ID)
    assert isinstance(caught.value, TransferAPIError)
    frames = traceback.extract_tb(caught.value.__traceback__)
    assert [frame.name for frame in frames if frame.filename.startswith(PACKAGE)] == ["get_endpoint", "send", "decode"]


def test_a_document_that_is_wrong_is_not_even_given_a_submission_id() -> None:
    service = Service(error(500))
    with pytest.raises(ValueError, match="items"):
        service.transfer().submit_transfer(TransferData(ID, ID))
    document: dict[str, object] = {"source_endpoint": ID, "destination_endpoint": ID, "labl": "x", "DATA": []}
    with pytest.raises(ValueError, match="labl"):
        service.transfer().submit_transfer(document)
    assert document == {"source_endpoint": ID, "destination_endpoint": ID, "labl": "x", "DATA": []}
    assert not service.requests


@pytest.mark.parametrize("header", ["7", "Tue, 14 Nov 2023 22:13:27 GMT"])
def test_retry_after_is_honoured_in_seconds_and_as_a_date(header: str) -> None:
    service = Service(
        error(503, headers={"Retry-After": header}), httpx.Response(200, json={"id": ID, "display_name": "x"})
    )
    assert service.transfer().get_endpoint(ID).display_name == "x"
    assert service.pauses == [7.0]


def test_a_retry_after_of_an_hour_is_for_the_program_to_decide() -> None:
    service = Service(error(429, headers={"Retry-After": "3600"}))
    with pytest.raises(RateLimitedError) as caught:
        service.transfer().get_endpoint(ID)
    assert caught.value.retry_after == 3600
    assert len(service.requests) == 1


def test_a_get_is_tried_six_times_with_growing_pauses_and_an_endpoints_own_failure_once() -> None:
    service = Service(error(503))
    with pytest.raises(ServiceUnavailableError) as caught:
        service.transfer().get_endpoint(ID)
    assert caught.value.http.attempts == len(service.requests) == 6
    assert all(0.25 * 2**turn <= pause <= 0.75 * 2**turn for turn, pause in enumerate(service.pauses[:4]))
    failing = Service(error(502, "ExternalError.DirListingFailed.GCDisconnected"))
    with pytest.raises(TransferAPIError):
        failing.transfer().operation_ls(ID)
    assert len(failing.requests) == 1


def test_a_token_goes_to_its_own_origin_alone() -> None:
    service = Service(httpx.Response(200, json={}))
    tc = service.transfer()
    for url in (
        "https://evil.example/x",
        "HTTPS://transfer.example.evil.example/x",
        "http://transfer.example/x",
        "https://transfer.example:8443/x",
    ):
        tc.get(url)
        assert "Authorization" not in service.requests[-1].headers, url
    for path in ("https://transfer.example/v0.10/x", "x", "/x", "//evil.example/x", "@evil.example/x"):
        tc.get(path)
        assert service.requests[-1].url.host == "transfer.example"
        assert service.requests[-1].headers["Authorization"] == "Bearer the-token"


def test_a_token_that_the_service_refuses_is_renewed_once_and_no_more() -> None:
    tokens = {"access_token": "new", "resource_server": "transfer.api.globus.org", "expires_in": 172800}
    auth = Service(httpx.Response(200, json=tokens))
    app = NativeAppAuthClient(
        ID, base_url="https://auth.example/", http_client=httpx.Client(transport=httpx.MockTransport(auth))
    )

    def with_answers(*answers: httpx.Response) -> tuple[Service, TransferClient]:
        service = Service(*answers)
        tc = service.transfer()
        tc.authorizer = RefreshTokenAuthorizer("refresh", app, access_token="old", expires_at=NOW + 9e9)
        return service, tc

    service, tc = with_answers(error(401, "AuthenticationFailed"), httpx.Response(200, json={"id": ID}))
    assert tc.get_endpoint(ID).id == ID
    assert [request.headers["Authorization"] for request in service.requests] == ["Bearer old", "Bearer new"]

    service, tc = with_answers(error(401, "AuthenticationFailed"))
    with pytest.raises(AuthenticationError):
        tc.get_endpoint(ID)
    assert len(service.requests) == 2


def test_what_the_transport_raised_is_the_cause_and_holds_no_token() -> None:
    service = Service(httpx.ConnectError("refused"))
    with pytest.raises(GlobusConnectionError) as caught:
        service.transfer().get_endpoint(ID)
    assert isinstance(caught.value.__cause__, httpx.ConnectError)
    assert all("Authorization" not in request.headers for request in service.requests)
    assert len(service.requests) == 3
