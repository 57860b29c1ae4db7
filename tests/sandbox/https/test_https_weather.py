"""The weather of the HTTPS servers: refusals, faults behind the server, bodies that are cut off, and the record."""

import time
from collections.abc import Callable, Iterator

import httpx
import pytest

from globus_typed import GlobusUsageError, TransferClient
from globus_typed.sandbox import HTTPSWeather, Sandbox

PATH = "/project1/data/a.csv"
SIZE = 5305


@pytest.fixture
def client(globus_sandbox: Sandbox) -> Iterator[httpx.Client]:
    source = globus_sandbox.source
    headers = {"Authorization": f"Bearer {globus_sandbox.access_token(source.https_scope)}"}
    with httpx.Client(base_url=source.https_server or "", headers=headers) as client:
        yield client


@pytest.fixture
def weather(globus_sandbox: Sandbox) -> HTTPSWeather:
    return globus_sandbox.https


def statuses(client: httpx.Client, times: int) -> list[int]:
    return [client.get(PATH).status_code for _ in range(times)]


def test_the_next_requests_fail(client: httpx.Client, weather: HTTPSWeather) -> None:
    weather.fail_next(429, times=2, retry_after=3)
    refused = client.get(PATH)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "3")
    assert statuses(client, 2) == [429, 200]
    weather.fail_next(404)
    assert "GridFTP-Errno: 2\n" in client.get(PATH).text


def test_it_is_about_a_route_and_a_collection(
    globus_sandbox: Sandbox, client: httpx.Client, weather: HTTPSWeather, globus_transfer_client: TransferClient
) -> None:
    weather.fail_next(500, times=None, route="PUT /data/{name}", collection=globus_sandbox.source)
    weather.fail_next(503, times=None, collection=globus_sandbox.destination)
    assert client.get(PATH).status_code == 200
    assert client.put("/project1/new", content=b"x").status_code == 200
    assert client.put("/project1/data/new", content=b"x").status_code == 500
    assert httpx.get(f"{globus_sandbox.destination.https_server}/x").status_code == 503
    assert globus_transfer_client.get_endpoint(globus_sandbox.destination.id)
    weather.clear()
    assert client.put("/project1/data/new", content=b"x").status_code == 200


def test_the_weather_of_the_services_is_another(globus_sandbox: Sandbox, client: httpx.Client) -> None:
    globus_sandbox.fail_next(503, times=None)
    assert client.get(PATH).status_code == 200


def test_a_404_may_say_nothing_about_the_file(client: httpx.Client, weather: HTTPSWeather) -> None:
    weather.false_404()
    fault = client.get(PATH)
    assert fault.status_code == 404
    assert fault.text == "GlobusError: v=1 c=ENDPOINT_ERROR\nGridFTP-Reason: GCS Manager Internal Error\n"
    assert statuses(client, 1) == [200]
    weather.false_404(times=2, every=3)
    assert statuses(client, 9) == [200, 200, 404, 200, 200, 404, 200, 200, 200]
    weather.false_404(route="HEAD /{name}")
    assert client.get(PATH).status_code == 200
    head = client.head(PATH)
    assert (head.status_code, head.content) == (404, b"")


def test_a_fault_may_stick_to_a_connection(client: httpx.Client, weather: HTTPSWeather) -> None:
    weather.false_404(sticky=True)
    assert statuses(client, 3) == [404, 404, 404]
    with httpx.Client(base_url=client.base_url, headers=client.headers) as other:
        assert statuses(other, 2) == [200, 200]
    connections = [request.connection for request in weather.requests]
    assert len(set(connections[:3])) == 1
    assert connections[3] not in connections[:3]


def test_a_share_of_them(client: httpx.Client, weather: HTTPSWeather) -> None:
    weather.false_404(times=None, share=0.5)
    found = statuses(client, 40)
    assert 8 < found.count(404) < 32


@pytest.mark.parametrize("after", [0, 1000])
def test_a_download_is_cut_off(client: httpx.Client, weather: HTTPSWeather, after: int) -> None:
    weather.cut_next(after)
    got = b""
    with pytest.raises(httpx.RemoteProtocolError, match="peer closed"), client.stream("GET", PATH) as response:
        assert response.headers["content-length"] == str(SIZE)
        for part in response.iter_raw():
            got += part
    assert got == client.get(PATH).content[:after]


def test_a_download_may_be_short_without_a_sign(client: httpx.Client, weather: HTTPSWeather) -> None:
    weather.cut_next(1000, told=True, times=2)
    whole, part = client.get(PATH), client.get(PATH, headers={"Range": "bytes=5000-"})
    assert (whole.status_code, len(whole.content), whole.headers["content-length"]) == (200, 1000, "1000")
    assert (part.status_code, len(part.content)) == (206, 305)
    weather.cut_next(0, told=True)
    assert (client.get(PATH).status_code, statuses(client, 1)) == (200, [200])


def test_an_upload_that_is_cut_off_leaves_a_part(
    globus_sandbox: Sandbox, client: httpx.Client, weather: HTTPSWeather
) -> None:
    weather.cut_next(100, route="PUT /new")
    with pytest.raises(httpx.TransportError):
        client.put("/new", content=b"0123456789" * 100)
    assert (globus_sandbox.source.root / "new").read_bytes() == b"0123456789" * 10


def test_an_upload_that_the_client_breaks_off_leaves_a_part(globus_sandbox: Sandbox, client: httpx.Client) -> None:
    def body() -> Iterator[bytes]:
        yield b"begin"
        raise RuntimeError("the disk is gone")

    with pytest.raises(RuntimeError):
        client.put("/new", content=body(), headers={"Content-Length": "1000"})
    new = globus_sandbox.source.root / "new"
    until(lambda: new.exists() and new.read_bytes() == b"begin")


def until(done: Callable[[], bool]) -> None:
    """Wait for what another thread is about to do."""
    end = time.monotonic() + 20
    while not done():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_response_may_be_lost(globus_sandbox: Sandbox, client: httpx.Client, weather: HTTPSWeather) -> None:
    weather.drop_next()
    with pytest.raises(httpx.RemoteProtocolError):
        client.put("/new", content=b"x")
    assert not (globus_sandbox.source.root / "new").exists()
    weather.drop_next(carried_out=True)
    with pytest.raises(httpx.RemoteProtocolError):
        client.put("/new", content=b"x")
    assert (globus_sandbox.source.root / "new").read_bytes() == b"x"


def test_ranges_may_be_ignored(client: httpx.Client, weather: HTTPSWeather) -> None:
    weather.ignore_ranges(times=1)
    response = client.get(PATH, headers={"Range": "bytes=10-19"})
    assert (response.status_code, len(response.content)) == (200, SIZE)
    assert client.get(PATH, headers={"Range": "bytes=10-19"}).status_code == 206


def test_a_file_may_change_while_it_is_sent(
    globus_sandbox: Sandbox, client: httpx.Client, weather: HTTPSWeather
) -> None:
    file = globus_sandbox.source.root / PATH[1:]
    before = file.read_bytes()
    weather.meanwhile(lambda: file.write_bytes(b"#" * SIZE), after=1000)
    assert client.get(PATH).content == before[:1000] + b"#" * (SIZE - 1000)
    weather.meanwhile(lambda: file.write_bytes(b"short"), after=1000)
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(PATH)
    assert client.get(PATH).content == b"short"


def test_it_may_be_slow(client: httpx.Client, weather: HTTPSWeather) -> None:
    weather.slow(30)
    with pytest.raises(httpx.ReadTimeout):
        client.get(PATH, timeout=0.2)
    weather.slow(0)
    assert client.get(PATH).status_code == 200


def test_several_things_at_once(client: httpx.Client, weather: HTTPSWeather) -> None:
    weather.ignore_ranges()
    weather.cut_next(10, told=True)
    assert client.get(PATH, headers={"Range": "bytes=100-"}).content == b"second,cel"


def test_requests_are_recorded_without_their_tokens(
    globus_sandbox: Sandbox, client: httpx.Client, weather: HTTPSWeather
) -> None:
    client.get(PATH, headers={"Range": "bytes=0-1"})
    httpx.get(f"{globus_sandbox.source.https_server}/with%20space")
    weather.drop_next()
    with pytest.raises(httpx.RemoteProtocolError):
        client.delete(PATH)
    first, second, third = weather.requests
    assert (first.method, first.path, first.range, first.status) == ("GET", PATH, "bytes=0-1", 206)
    assert (first.user, first.collection_id) == ("wren@sandbox.example", globus_sandbox.source.id)
    assert (second.path, second.user, second.status) == ("/with space", None, 302)
    assert (third.method, third.status) == ("DELETE", None)
    assert str(client.headers["authorization"])[-20:] not in repr(weather.requests)


def test_wrong_calls(weather: HTTPSWeather) -> None:
    calls: list[Callable[[], None]] = [
        lambda: weather.fail_next(200),
        lambda: weather.fail_next(times=0),
        lambda: weather.false_404(every=0),
        lambda: weather.false_404(share=0),
        lambda: weather.cut_next(-1),
        lambda: weather.slow(-1),
        lambda: weather.meanwhile(print, after=-1),
        lambda: weather.drop_next(route="no path"),
    ]
    for call in calls:
        with pytest.raises(GlobusUsageError, match="must be"):
            call()
