"""What is refused before anything is sent, and by which words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    CollectionFiles,
    GlobusAppConfig,
    GlobusUsageError,
    TransferClient,
    TransferScopes,
    UserApp,
)

from .collection import HTTPS_TOKEN, ID, World
from .making import open_files

OTHER = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20009"
SERVER = "https://g-1a2b3c.data.example"


def files(**more: Any) -> CollectionFiles:
    return CollectionFiles(ID, https_server=SERVER, **more)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("a.csv", "starts with \"/\", got 'a.csv'"),
        ("", 'starts with "/"'),
        ("/", "is the root of the collection, and no file"),
        ("/~/a.csv", '"/~/" has no meaning over HTTPS'),
        ("/a/../b", 'must not have "..", "." or empty segments'),
        ("/a/./b", "must not have"),
        ("/a//b", "must not have"),
        ("/a/", "is a directory, for which use the Transfer client"),
        ("/a\0b", "must not contain a NUL character"),
        ("/a\ud800b", "must be encodable as UTF-8"),
        (Path("/a"), r"must be a str: use str\(path\)"),
        (None, "must be a str"),
        ("http://g-1a2b3c.data.example/a", "must start with https://"),
        (
            "https://other.example/a",
            "https://other.example is not the address of this collection, which is https://g-1",
        ),
        ("https://g-1a2b3c.data.example:444/a", "is not the address of this collection"),
        ("https://me:secret@g-1a2b3c.data.example/a", "must be a URL without a user name or password"),
        ("https://g-1a2b3c.data.example/a#b", 'must have no fragment; a "#" in a name is written %23'),
        ("https://g-1a2b3c.data.example/a/%2e%2e/b", 'must not have ".."'),
        ("https://g-1a2b3c.data.example", "path"),
        ("ftp://g-1a2b3c.data.example/a", "must be a URL such as https://host/path"),
    ],
)
def test_a_path_that_cannot_be_one(tmp_path: Path, path: Any, message: str) -> None:
    with files() as opened:
        calls: tuple[Callable[[], object], ...] = (
            lambda: opened.download(path, tmp_path / "f"),
            lambda: opened.upload(b"", path),
            lambda: opened.read_bytes(path),
            lambda: list(opened.iter_bytes(path)),
            lambda: opened.read_ranges(path, [(0, 1)]),
            lambda: opened.open(path),
            lambda: opened.info(path),
            lambda: opened.exists(path),
            lambda: opened.delete(path),
            lambda: opened.url_for(path),
        )
        for call in calls:
            with pytest.raises(GlobusUsageError, match=message) as caught:
                call()
            assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"destination": ""}, "destination: must be the name of a file"),
        ({"destination": 7}, "destination: must be a str or a path of this machine, got int"),
        ({"destination": "DIR"}, "and not a directory"),
        ({"destination": "DIR/"}, "and not a directory"),
        ({"destination": "DIR/none/f"}, "there is no directory '.*none'; make it first"),
        ({"destination": "DIR/there", "resume": False}, "is there already; give overwrite=True"),
        ({"expected_size": -1}, "expected_size: must be a whole number, at least 0, got -1"),
        ({"expected_size": True}, "expected_size"),
        ({"checksum": "abc"}, "checksum: one of SHA256 has 64 hexadecimal digits, got 'abc'"),
        ({"checksum": "g" * 64}, "checksum: one of SHA256"),
        ({"checksum": "0" * 64, "algorithm": "md5"}, "checksum: one of MD5 has 32"),
        ({"algorithm": "CRC32"}, "algorithm: must be one of MD5, SHA1,"),
        ({"verify": "everything"}, "verify: must be one of 'size', 'change', 'checksum', got 'everything'"),
        ({"verify": "size", "checksum": "0" * 64}, 'verify: must be "checksum", or left out'),
        ({"resume": "yes"}, "resume: must be True, False or \"trust\", got 'yes'"),
        ({"progress": True}, "progress: must be a function that takes a FileProgress, got bool"),
    ],
)
def test_a_download_that_cannot_be(tmp_path: Path, arguments: dict[str, Any], message: str) -> None:
    (tmp_path / "there").write_bytes(b"")
    given: Any = arguments.pop("destination", tmp_path / "f")
    if isinstance(given, str):
        given = given.replace("DIR", str(tmp_path))
    with files() as opened, pytest.raises(GlobusUsageError, match=message):
        opened.download("/a", given, **arguments)
    assert {path.name for path in tmp_path.iterdir()} == {"there"}


@pytest.mark.parametrize(
    ("start", "stop", "message"),
    [
        (5, 4, "start: must not be greater than stop, got 5 and 4"),
        (-5, None, r"start: must be a whole number .* counted from the end: info\(path\).size tells it"),
        (0, -1, "stop: must be a whole number"),
        (1.5, None, "start: must be a whole number"),
        (True, None, "start: must be a whole number"),
        ("0", None, "start: must be a whole number"),
    ],
)
def test_a_range_that_cannot_be(start: Any, stop: Any, message: str) -> None:
    with files() as opened:
        for call in (
            lambda: opened.read_bytes("/a", start, stop),
            lambda: list(opened.iter_bytes("/a", start, stop)),
            lambda: opened.read_ranges("/a", [(0, 1), (start, stop)]),
        ):
            with pytest.raises(GlobusUsageError, match=message):
                call()


@pytest.mark.parametrize("count", [0, -1, 1.5, "4", True])
def test_a_number_that_cannot_be(count: Any) -> None:
    with files() as opened:
        for call in (
            lambda: opened.download_many([], concurrency=count),
            lambda: opened.upload_many([], concurrency=count),
            lambda: opened.read_ranges("/a", [], concurrency=count),
            lambda: list(opened.iter_bytes("/a", chunk_size=count)),
        ):
            with pytest.raises(GlobusUsageError, match="must be a whole number, at least 1"):
                call()


def test_an_upload_that_cannot_be() -> None:
    with files() as opened:
        for wrong in ({"verify": "change"}, {"algorithm": "CRC32"}, {"progress": 7}):
            arguments: dict[str, Any] = wrong
            with pytest.raises(GlobusUsageError, match=next(iter(wrong))):
                opened.upload(b"", "/a", **arguments)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: CollectionFiles("Sandbox Source"), "collection_id: must be the id of a collection, which is a UUID"),
        (CollectionFiles, "collection_id: give it, or https_server=…, or use CollectionFiles.from_url"),
        (lambda: CollectionFiles(ID), "https_server: where the collection is, is asked of Transfer: give app=…"),
        (lambda: CollectionFiles(ID, authorizer=AccessTokenAuthorizer("t")), "https_server: where the collection is"),
        (lambda: CollectionFiles(ID, https_server="http://h.example"), "https_server: must start with https://"),
        (lambda: CollectionFiles(ID, https_server=f"{SERVER}/a"), "without a path"),
        (lambda: CollectionFiles(ID, https_server="https://me:secret@h.example"), "without a user name or password"),
        (lambda: CollectionFiles(ID, https_server=7), "https_server: must be a str, got int"),  # type: ignore[arg-type]
        (lambda: files(transfer=7), "transfer: must be a client of Transfer, got int"),
        (lambda: files(app=7), r"app: must be an app, such as UserApp"),
        (lambda: files(authorizer="secret"), "authorizer"),
        (lambda: files(retry=7), "retry: must be a"),
        (lambda: files(timeout="soon"), "timeout"),
        (lambda: CollectionFiles.from_url("http://h.example/a"), "url: must start with https://"),
        (lambda: CollectionFiles.from_url("https://me:secret@h.example/a"), "url: must be a URL without a user name"),
        (lambda: CollectionFiles.from_url("https://h.example/a#secret"), "url: must have no fragment"),
    ],
)
def test_what_cannot_be_made(make: Callable[[], CollectionFiles], message: str) -> None:
    with pytest.raises(GlobusUsageError, match=message):
        make().url_for("/a")


def test_tokens_of_another_service_are_refused_where_that_is_known() -> None:
    app = UserApp("x", client_id=OTHER, config=GlobusAppConfig(token_storage="memory"))
    own = "https://auth.globus.org/scopes/{}/https"
    for server, scope in (("transfer.api.globus.org", TransferScopes.all), (OTHER, own.format(OTHER))):
        with pytest.raises(
            GlobusUsageError, match=f"authorizer: its tokens are for {server}, and files over HTTPS need"
        ):
            files(authorizer=app.authorizer_for(server, scope))
    with pytest.raises(GlobusUsageError, match="app, authorizer: only one of the two"):
        files(app=app, authorizer=AccessTokenAuthorizer("t"))


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("GCP_mapped_collection", "Globus Connect Personal has no HTTPS access"),
        ("GCSv5_endpoint", "it is an endpoint, and files are in its collections"),
        ("GCSv5_mapped_collection", "HTTPS access is off"),
    ],
)
def test_a_collection_without_https(world: World, kind: str, reason: str) -> None:
    world.https_server, world.entity_type = None, kind
    with open_files(world) as opened, pytest.raises(GlobusUsageError, match=f"{kind}.* serves no files.*: {reason}"):
        opened.read_bytes("/a")


def test_no_token_goes_where_transfer_does_not_say_the_collection_is(world: World) -> None:
    world.https_server = "http://h.example"
    with open_files(world) as opened, pytest.raises(GlobusUsageError, match="https_server: must start with https://"):
        opened.read_bytes("/a")
    world.https_server = "https://h.example"
    transfer = TransferClient(AccessTokenAuthorizer("transfer-token"), base_url=world.url)
    app = UserApp("x", client_id=OTHER, config=GlobusAppConfig(token_storage="memory"))
    with (
        transfer,
        CollectionFiles(ID, https_server=world.url, transfer=transfer, app=app) as opened,
        pytest.raises(GlobusUsageError, match="no token goes elsewhere"),
    ):
        opened.read_bytes("/a")
    assert not world.seen


def test_a_percent_sign_in_a_path_is_one_and_in_a_url_is_not(world: World) -> None:
    world.put("/a%20b", b"percent")
    world.put("/a b", b"space")
    with open_files(world) as opened:
        assert opened.read_bytes("/a%20b") == b"percent"
        assert opened.read_bytes(f"{world.url}/a%20b") == b"space"
        assert opened.url_for("/a%20b") == f"{world.url}/a%2520b"


def test_no_repr_nor_message_has_the_token(world: World) -> None:
    world.fail("403")
    with open_files(world) as opened:
        for call in (lambda: opened.read_bytes("/f"), lambda: opened.download("/f", Path("/nowhere/at/all"))):
            with pytest.raises(Exception) as caught:
                call()
            assert HTTPS_TOKEN not in f"{caught.value!r} {caught.value} {opened!r} {vars(caught.value)}"
