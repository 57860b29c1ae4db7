"""Walks of real directories, through the sandbox: they give what `os.walk` gives of the same directory."""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncTransferClient,
    GlobusError,
    RateLimiter,
    TransferAPIError,
    TransferClient,
)
from globus_typed.sandbox import Sandbox

NAMES = [
    "a",
    "a b",
    "a-b",
    "a.csv",
    "B",
    "z",
    "ü",
    "%41",
    "#",
    "..x",
    ".hidden",
    "x\ny",
    "x ",
    "😀",
    "l" * 255,
    "a:b,c",
]
PLACES = st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4), max_size=10)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with pytest.MonkeyPatch.context() as patch, Sandbox() as sandbox:
        for name, value in sandbox.environment.items():
            patch.setenv(name, value)
        yield sandbox


@pytest.fixture(scope="module")
def tc(sandbox: Sandbox) -> Iterator[TransferClient]:
    with TransferClient(AccessTokenAuthorizer(sandbox.access_token())) as client:
        yield client


def limit() -> RateLimiter:
    return RateLimiter(None)


def build(root: Path, places: list[list[str]]) -> None:
    """A tree in which every second place is a directory, and the others are files."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for number, names in enumerate(places):
        path = root.joinpath(*names)
        if any(above.is_file() for above in (path, *path.parents)) or path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if number % 2:
            path.mkdir()
        else:
            path.write_bytes(b"x" * number)


def by_os_walk(root: Path, *, top_down: bool, follow: bool = False) -> list[tuple[str, list[str], list[str]]]:
    found: list[tuple[str, list[str], list[str]]] = []
    for path, directories, files in os.walk(root, topdown=top_down, followlinks=follow):
        directories.sort()
        place = os.path.relpath(path, root)
        found.append(("/tree" if place == "." else f"/tree/{place}", list(directories), sorted(files)))
    return found


@settings(max_examples=12)
@given(places=PLACES)
def test_walks_give_what_os_walk_gives(sandbox: Sandbox, tc: TransferClient, places: list[list[str]]) -> None:
    root = Path(sandbox.source.root) / "tree"
    build(root, places)
    down, up = by_os_walk(root, top_down=True), by_os_walk(root, top_down=False)

    async def found(concurrency: int) -> list[tuple[str, list[str], list[str]]]:
        async with AsyncTransferClient(tc.authorizer) as other:
            walk = other.walk_dirs(sandbox.source.id, "/tree", order="depth", concurrency=concurrency, limiter=limit())
            return [
                (path, [each.name for each in directories], [each.name for each in files])
                async for path, directories, files in walk
            ]

    for concurrency in (1, 3):
        assert anyio.run(found, concurrency) == down
        walk = tc.walk_dirs(sandbox.source.id, "/tree/", bottom_up=True, concurrency=concurrency, limiter=limit())
        assert sorted(
            (path, [each.name for each in directories], [each.name for each in files])
            for path, directories, files in walk
        ) == sorted(up)
        entries = [entry.path for entry in tc.walk(sandbox.source.id, "/tree", limiter=limit())]
        everything = [f"{path}/{name}" for path, inside, files in down for name in sorted([*inside, *files])]
        assert sorted(entries) == sorted(everything)
        assert entries == sorted(entries, key=lambda path: (path.count("/"), path.split("/")))
    usage = tc.du(sandbox.source.id, "/tree", limiter=limit())
    assert usage.files == sum(len(files) for _, _, files in down)
    assert usage.directories == len(down) - 1
    assert usage.bytes == sum(path.stat().st_size for path in root.rglob("*") if path.is_file())


@pytest.mark.parametrize("pattern", ["*", "**/*", "**/*.csv", "a/*", "*/a", "**/a/**", "[a-z]*/*"])
def test_patterns_find_what_pathlib_finds(sandbox: Sandbox, tc: TransferClient, pattern: str) -> None:
    root = Path(sandbox.source.root) / "tree"
    build(root, [["a", "a.csv"], ["B", "z"], ["a", "a", "x"], ["a b", "a"], ["q.csv"], [".hidden", "a.csv"]])
    found = [entry.relative for entry in tc.find(sandbox.source.id, "/tree/", pattern, limiter=limit())]
    if pattern == "**/a/**":  # of pathlib only directories, before Python 3.13
        assert sorted(found) == ["a", "a b/a", "a/a", "a/a.csv", "a/a/x"]
    else:
        assert sorted(found) == sorted(str(path.relative_to(root)) for path in root.glob(pattern))


def test_symlinks(sandbox: Sandbox, tc: TransferClient) -> None:
    root = Path(sandbox.source.root) / "tree"
    build(root, [["a", "file"], ["d"], ["a", "inner", "x"]])
    (root / "a" / "up").symlink_to("..")
    (root / "to_a").symlink_to("a")
    (root / "too").symlink_to("a")
    (root / "broken").symlink_to("nowhere")
    (root / "to_file").symlink_to("a/file")
    walk = tc.walk_dirs(sandbox.source.id, "/tree", order="depth", limiter=limit())
    assert [each.path for each in walk] == [path for path, _, _ in by_os_walk(root, top_down=True)]
    followed = tc.walk(sandbox.source.id, "/tree", follow_symlinks=True, limiter=limit())
    paths = [entry.path for entry in followed]
    assert {"/tree/to_a", "/tree/to_a/file", "/tree/to_a/inner/x", "/tree/too", "/tree/broken"} <= {*paths}
    assert sorted(followed.loops) == ["/tree/a/up", "/tree/to_a/up", "/tree/too"]
    assert len(paths) == len(set(paths))
    usage = tc.du(sandbox.source.id, "/tree", limiter=limit())
    assert (usage.symlinks, usage.files) == (5, 2)


def test_a_purge_by_age_and_pattern(globus_sandbox: Sandbox, globus_transfer_client: TransferClient) -> None:
    source, tc = globus_sandbox.source.id, globus_transfer_client
    everything = [entry.path for entry in tc.walk(source, "/~/project1/")]
    assert everything == sorted(everything, key=lambda path: (path.count("/"), path))
    assert everything == [
        *("/~/project1/data", "/~/project1/readme.txt"),
        *("/~/project1/data/a.csv", "/~/project1/data/b.csv"),
    ]
    total = tc.du(source, "/~/project1/")
    assert (total.files, total.directories, total.bytes > 1000) == (3, 1, True)
    old = [entry.path for entry in tc.find(source, "/~/project1/", "**/*.csv", type="file", older_than=timedelta(0))]
    assert old == ["/~/project1/data/a.csv", "/~/project1/data/b.csv"]
    assert not list(tc.find(source, "/~/", older_than=timedelta(days=60)))


def test_failures_of_the_service_are_waited_out_or_told(sandbox: Sandbox, tc: TransferClient) -> None:
    build(Path(sandbox.source.root) / "tree", [["a", "x"], ["b"], ["b", "y"]])
    sandbox.fail_next(429, route="GET /operation/endpoint/{endpoint_id}/ls", retry_after=0, times=3)
    assert len(list(tc.walk(sandbox.source.id, "/tree", limiter=limit()))) == 4
    with pytest.raises(TransferAPIError):
        list(tc.walk(sandbox.source.id, "/tree/nowhere", limiter=limit()))


@pytest.mark.once
def test_processes_may_do_the_listing(globus_sandbox: Sandbox, tmp_path: Path) -> None:
    from globus_typed.apps import JSONTokenStorage

    source = globus_sandbox.source.id
    with (
        globus_sandbox.app(storage=JSONTokenStorage(tmp_path / "tokens.json")) as app,
        ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor,
        TransferClient(app=app) as tc,
    ):
        found = [entry.path for entry in tc.walk(source, "/~/", executor=executor, limiter=limit())]
        assert found == [entry.path for entry in tc.walk(source, "/~/", limiter=limit())]

        async def main() -> list[str]:
            async with AsyncTransferClient(app=app) as other:
                return [entry.path async for entry in other.walk(source, "/~/", executor=executor, limiter=limit())]

        assert anyio.run(main) == found
        with pytest.raises(TransferAPIError, match="NotFound"):
            list(tc.walk(source, "/~/nowhere", executor=executor, limiter=limit()))
        with (
            TransferClient(AccessTokenAuthorizer(globus_sandbox.access_token())) as alone,
            pytest.raises(GlobusError, match=r"cannot be pickled.*One of an app"),
        ):
            list(alone.walk(source, "/~/", executor=executor, limiter=limit()))
