"""GET, HEAD, PUT, DELETE, ranges and paths, over TLS, by clients that know nothing of the sandbox."""

import os
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest
import requests

from globus_typed import TransferClient, TransferData
from globus_typed.sandbox import Sandbox

PATH = "/project1/data/a.csv"
MISSING = "GlobusError: v=1 c=PATH_NOT_FOUND\nGridFTP-Errno: 2\n"


@pytest.fixture
def client(globus_sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client of the user's for the HTTPS server of the source."""
    source = globus_sandbox.source
    headers = {"Authorization": f"Bearer {globus_sandbox.access_token(source.https_scope)}"}
    with httpx.Client(base_url=source.https_server or "", headers=headers) as client:
        yield client


@pytest.fixture(scope="module")
def standing() -> Iterator[Sandbox]:
    """A sandbox for tests that change nothing."""
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def reader(standing: Sandbox) -> Iterator[httpx.Client]:
    """A client of the user's for its source."""
    context = ssl.create_default_context(cafile=str(standing.ca_file))
    headers = {"Authorization": f"Bearer {standing.access_token(standing.source.https_scope)}"}
    with httpx.Client(base_url=standing.source.https_server or "", headers=headers, verify=context) as client:
        yield client


def test_the_address_is_in_the_document(globus_sandbox: Sandbox, globus_transfer_client: TransferClient) -> None:
    source = globus_transfer_client.get_endpoint(globus_sandbox.source.id)
    destination = globus_transfer_client.get_endpoint(globus_sandbox.destination.id)
    assert source.https_server is not None
    assert source.https_server.startswith("https://127.0.0.1:")
    assert source.https_server not in (destination.https_server, globus_sandbox.url)
    assert source.tlsftp_server == source.https_server.replace("https://", "tlsftp://")
    assert source.entity_type == "GCSv5_guest_collection"
    found = {ep.id: ep.https_server for ep in globus_transfer_client.endpoint_search("Sandbox")}
    assert found[source.id] == source.https_server


def test_collections_of_personal_computers_have_none(
    globus_sandbox: Sandbox, globus_transfer_client: TransferClient
) -> None:
    laptop = globus_transfer_client.get_endpoint(globus_sandbox.add_collection("Laptop", personal=True).id)
    assert (laptop.entity_type, laptop.https_server, laptop.tlsftp_server) == ("GCP_mapped_collection", None, None)


def test_one_that_is_switched_off_has_none(globus_sandbox: Sandbox, client: httpx.Client) -> None:
    globus_sandbox.source.enable_https = False
    assert globus_sandbox.source.https_server is None
    assert client.get(PATH).status_code == 404


def test_a_file_is_read(globus_sandbox: Sandbox, client: httpx.Client) -> None:
    content = (globus_sandbox.source.root / PATH[1:]).read_bytes()
    response = client.get(PATH)
    assert (response.status_code, response.content) == (200, content)
    assert response.headers["content-length"] == str(len(content))
    assert "content-disposition" not in response.headers
    assert client.get(f"{PATH}?download").headers["content-disposition"] == "attachment"
    head = client.head(PATH)
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(content)))


@pytest.mark.parametrize(
    ("header", "status", "start", "stop", "told"),
    [
        ("bytes=0-99", 206, 0, 100, "bytes 0-99/*"),
        ("bytes=5200-", 206, 5200, None, "bytes 5200-5304/*"),
        ("bytes=0-", 206, 0, None, "bytes 0-5304/*"),
        ("bytes=5300-9999", 206, 5300, None, "bytes 5300-5304/*"),
        ("lines=1-2", 200, 0, None, None),
        ("bytes=9-1", 200, 0, None, None),
    ],
)
def test_ranges(reader: httpx.Client, header: str, status: int, start: int, stop: int | None, told: str | None) -> None:
    content = reader.get(PATH).content
    response = reader.get(PATH, headers={"Range": header})
    assert (response.status_code, response.content) == (status, content[start:stop])
    assert response.headers.get("content-range") == told
    assert response.headers["content-length"] == str(len(response.content))


@pytest.mark.parametrize("header", ["bytes=-8", "bytes=5305-", "bytes=99999-100000", "bytes=0-1,-8"])
def test_ranges_that_there_are_not(reader: httpx.Client, header: str) -> None:
    assert reader.get(PATH, headers={"Range": header}).status_code == 416


def test_several_ranges(reader: httpx.Client) -> None:
    content = reader.get(PATH).content
    response = reader.get(PATH, headers={"Range": "bytes=0-9, 100-199"})
    kind, _, boundary = response.headers["content-type"].partition("; boundary=")
    assert (response.status_code, kind) == (206, "multipart/byteranges")
    assert response.headers["content-length"] == str(len(response.content))
    first, second = response.content.split(f"--{boundary}".encode())[1:3]
    assert b"Content-Range: bytes 0-9/*\r\n" in first
    assert first.partition(b"\r\n\r\n")[2] == content[:10] + b"\r\n"
    assert second.partition(b"\r\n\r\n")[2] == content[100:200] + b"\r\n"


def test_an_empty_file(globus_sandbox: Sandbox, client: httpx.Client) -> None:
    (globus_sandbox.source.root / "empty").touch()
    assert (client.get("/empty").status_code, client.get("/empty").content) == (200, b"")
    assert client.get("/empty", headers={"Range": "bytes=0-"}).status_code == 416
    assert client.head("/empty").headers["content-length"] == "0"


def test_what_is_written_is_the_same_file_for_transfer(
    globus_sandbox: Sandbox, globus_transfer_client: TransferClient, client: httpx.Client
) -> None:
    source, destination = globus_sandbox.source.id, globus_sandbox.destination.id
    content = bytes(range(256)) * 8192
    assert client.put("/project1/big.bin", content=content).status_code == 200
    sizes = {entry.name: entry.size for entry in globus_transfer_client.operation_ls(source, "/~/project1/")}
    assert sizes["big.bin"] == len(content)
    data = TransferData(source, destination)
    data.add_item("/project1/big.bin", "/copy.bin")
    task = globus_transfer_client.submit_transfer(data)
    assert globus_transfer_client.task_wait(task.task_id, timeout=60, polling_interval=1)
    token = globus_sandbox.access_token(globus_sandbox.destination.https_scope)
    copied = httpx.get(
        f"{globus_sandbox.destination.https_server}/copy.bin", headers={"Authorization": f"Bearer {token}"}
    )
    assert copied.content == content
    assert client.put("/project1/big.bin", content=b"small").status_code == 200
    assert client.get("/project1/big.bin").content == b"small"
    assert client.delete("/project1/big.bin").status_code == 204
    assert client.get("/project1/big.bin").text.startswith(MISSING)
    assert "big.bin" not in {entry.name for entry in globus_transfer_client.operation_ls(source, "/~/project1/")}


@pytest.mark.parametrize("name", ["with space", "50% #1?.txt", "Ä/наб.dat", "'quoted' \"too\"", "+plus&and=.txt"])
def test_names(globus_sandbox: Sandbox, client: httpx.Client, name: str) -> None:
    (globus_sandbox.source.root / name).parent.mkdir(exist_ok=True)
    path = f"/{quote(name)}"
    assert client.put(path, content=b"here").status_code == 200
    assert (globus_sandbox.source.root / name).read_bytes() == b"here"
    assert client.get(path).content == b"here"
    assert client.delete(path).status_code == 204


def test_a_name_that_is_not_utf_8(globus_sandbox: Sandbox, client: httpx.Client) -> None:
    path = os.fsencode(globus_sandbox.source.root) + b"/caf\xe9"
    assert client.put("/caf%E9", content=b"here").status_code == 200
    with open(path, "rb") as file:
        assert file.read() == b"here"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("path", ["/nowhere/x", "/~/welcome.txt", "/welcome.txt/x"])
def test_paths_that_there_are_not(reader: httpx.Client, method: str, path: str) -> None:
    response = reader.request(method, path, content=b"x" if method == "PUT" else None)
    assert response.status_code == 404
    assert "GridFTP-Errno: " in response.text
    assert reader.head(path).status_code == 404
    assert reader.head(path).content == b""


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/project1", "/project1/"])
def test_directories_are_no_files(standing: Sandbox, reader: httpx.Client, method: str, path: str) -> None:
    response = reader.request(method, path, content=b"x" if method == "PUT" else None)
    assert response.status_code == 404
    assert "GridFTP-Errno: 21\n" in response.text
    assert (standing.source.root / PATH[1:]).exists()


def test_no_path_leads_out(globus_sandbox: Sandbox, client: httpx.Client, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (globus_sandbox.source.root / "way out").symlink_to(tmp_path)
    (globus_sandbox.source.root / "link").symlink_to("welcome.txt")
    assert client.get("/way%20out/secret").status_code == 403
    assert client.put("/way%20out/new", content=b"x").status_code == 403
    assert not (tmp_path / "new").exists()
    for path in (b"/project1/%2e%2e/welcome.txt", b"/../welcome.txt"):  # which httpx would not send as they are
        assert raw(globus_sandbox, client, path).startswith(b"HTTP/1.1 400")
    assert client.get("/link").status_code == 200
    assert client.delete("/link").status_code == 204
    assert (globus_sandbox.source.root / "welcome.txt").exists()


def raw(sandbox: Sandbox, client: httpx.Client, path: bytes) -> bytes:
    context = ssl.create_default_context(cafile=str(sandbox.ca_file))
    plain = socket.create_connection(("127.0.0.1", urlsplit(sandbox.source.https_server or "").port or 0))
    with plain, context.wrap_socket(plain, server_hostname="127.0.0.1") as connection:
        authorization = client.headers["authorization"].encode()
        connection.sendall(b"GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\n\r\n" % (path, authorization))
        return connection.recv(4096)


def test_a_pipe_is_not_waited_for(globus_sandbox: Sandbox, client: httpx.Client) -> None:
    os.mkfifo(globus_sandbox.source.root / "pipe")
    assert client.get("/pipe").status_code == 500
    assert client.put("/pipe", content=b"x").status_code == 500


def test_methods_can_be_switched_off(globus_sandbox: Sandbox, client: httpx.Client) -> None:
    assert client.post(PATH, content=b"x").status_code == 405
    globus_sandbox.source.https_methods = ("GET",)
    refused = client.put(PATH, content=b"x")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert client.delete(PATH).status_code == 405
    assert client.get(PATH).status_code == 200
    assert client.options(PATH).headers["allow"] == "GET, HEAD, OPTIONS"


def test_uploads_tell_their_length_and_are_whole(client: httpx.Client) -> None:
    assert client.put("/new", content=iter([b"in ", b"pieces"])).status_code == 411
    assert client.put("/new", content=b"x", headers={"Content-Range": "bytes 0-0/9"}).status_code == 400
    assert client.get("/new").status_code == 404


def test_browsers_may_ask_from_elsewhere(globus_sandbox: Sandbox) -> None:
    """As pages do that show data of a collection."""
    headers = {"Origin": "https://viewer.example", "Access-Control-Request-Method": "GET"}
    asked = {**headers, "Access-Control-Request-Headers": "authorization,range"}
    preflight = httpx.options(f"{globus_sandbox.source.https_server}{PATH}", headers=asked)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "range" in preflight.headers["access-control-allow-headers"]


def test_requests_trusts_the_sandbox_too(globus_sandbox: Sandbox) -> None:
    token = globus_sandbox.access_token(globus_sandbox.source.https_scope)
    url = f"{globus_sandbox.source.https_server}{PATH}"
    response = requests.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    assert response.content == (globus_sandbox.source.root / PATH[1:]).read_bytes()
