"""Walks: what they give, what they make of failures, how fast they ask, and how they end and go on."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest

from globus_typed import (
    AsyncTransferClient,
    ConsentRequiredError,
    GlobusConnectionError,
    GlobusError,
    GlobusTimeoutError,
    GlobusUsageError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    RateLimiter,
    ResponseShapeError,
    TransferAPIError,
    WalkEntry,
    WalkError,
    WalkProgress,
)

from .async_service import ID, Service
from .walk_tree import Collection, Tree, fine, refused

pytestmark = pytest.mark.anyio

TREE: Tree = {"b": {"two": None, "one": {"deep": None}}, "a.csv": None, "a": {}, "c": {"x.csv": None}}
BREADTH = ["/~/a", "/~/a.csv", "/~/b", "/~/c", "/~/b/one", "/~/b/two", "/~/c/x.csv", "/~/b/one/deep"]


def limit() -> RateLimiter:
    return RateLimiter(None)


async def paths(transfer: AsyncTransferClient, path: str = "/~/", **arguments: Any) -> list[str]:
    given: dict[str, Any] = {"limiter": limit(), **arguments}
    return [entry.path async for entry in transfer.walk(ID, path, **given)]


@pytest.mark.parametrize("concurrency", [1, 2, 10])
async def test_a_walk_gives_every_entry_in_the_order_of_the_tree(concurrency: int) -> None:
    service = Service(Collection(**TREE))
    tc = service.transfer()
    assert await paths(tc, concurrency=concurrency) == BREADTH
    assert await paths(tc, "/~", concurrency=concurrency) == BREADTH
    depth = ["a", "a.csv", "b", "b/one", "b/one/deep", "b/two", "c", "c/x.csv"]
    assert await paths(tc, order="depth", concurrency=concurrency) == [f"/~/{path}" for path in depth]
    up = ["a", "a.csv", "b/one/deep", "b/one", "b/two", "b", "c/x.csv", "c"]
    assert await paths(tc, bottom_up=True, concurrency=concurrency) == [f"/~/{path}" for path in up]
    assert await paths(tc, sort=None, max_depth=0) == ["/~/b", "/~/a.csv", "/~/a", "/~/c"]


def is_csv(entry: WalkEntry) -> bool:
    return entry.name.endswith(".csv")


def is_b(entry: WalkEntry) -> bool:
    return entry.relative == "b"


async def test_what_an_entry_says_of_itself() -> None:
    tc = Service(Collection(**TREE)).transfer()
    entries = [entry async for entry in tc.walk(ID, "/data/", limiter=limit())]
    (deep,) = [entry for entry in entries if entry.name == "deep"]
    assert (deep.path, deep.relative, deep.parent, deep.depth) == ("/data/b/one/deep", "b/one/deep", "/data/b/one", 2)
    assert (deep.size, deep.type, deep.is_directory, deep.is_symlink) == (10, "file", False, False)
    assert deep.entry.last_modified is not None
    assert max(entry.depth for entry in entries) == 2


async def test_directories_as_of_os_walk() -> None:
    tc = Service(Collection(**TREE)).transfer()
    found: list[tuple[str, list[str], list[str]]] = []
    async for path, directories, files in tc.walk_dirs(ID, "/~/", bottom_up=True, limiter=limit()):
        found.append((path, [each.name for each in directories], [each.name for each in files]))
    assert found == [
        ("/~/a", [], []),
        ("/~/b/one", [], ["deep"]),
        ("/~/b", ["one"], ["two"]),
        ("/~/c", [], ["x.csv"]),
        ("/~", ["a", "b", "c"], ["a.csv"]),
    ]


async def test_a_function_or_the_service_filters_files_and_prune_leaves_directories_out() -> None:
    service = Service(Collection(**TREE))
    tc = service.transfer()
    csv = await paths(tc, filter=is_csv)
    assert csv == ["/~/a", "/~/a.csv", "/~/b", "/~/c", "/~/b/one", "/~/c/x.csv"]
    pruned = await paths(tc, prune=is_b)
    assert pruned == ["/~/a", "/~/a.csv", "/~/c", "/~/c/x.csv"]
    assert not any("filter" in query for query in service.queries)
    await paths(tc, filter={"name": iter(["~*.csv", "~*.txt"])}, show_hidden=False, local_user="heron")
    for request in service.requests[-5:]:
        assert request.url.params.get_list("filter") == ["type:dir", "name:~*.csv,~*.txt"]
        assert (request.url.params["show_hidden"], request.url.params["local_user"]) == ("0", "heron")


async def test_find() -> None:
    tree: Tree = {**TREE, "new.csv": {"type": "file", "size": 99, "last_modified": "2023-11-14 22:13:19+00:00"}}
    collection = Collection(**tree)
    tc = Service(collection).transfer()

    async def find(*arguments: Any, **more: Any) -> list[str]:
        return [entry.path async for entry in tc.find(ID, "/~/", *arguments, limiter=limit(), **more)]

    assert await find("**/*.csv") == ["/~/a.csv", "/~/new.csv", "/~/c/x.csv"]
    assert await find("**/*.csv", older_than=timedelta(hours=1)) == ["/~/a.csv", "/~/c/x.csv"]
    assert await find(newer_than=timedelta(minutes=1)) == ["/~/new.csv"]
    assert await find(larger_than=10) == ["/~/new.csv"]
    assert await find(type="dir", bottom_up=True) == ["/~/a", "/~/b/one", "/~/b", "/~/c"]
    collection.asked.clear()
    assert await find("*.csv") == ["/~/a.csv", "/~/new.csv"]
    assert await find("c/*") == ["/~/c/x.csv"]
    assert collection.asked == ["/~/", "/~/", "/~/c/"]


async def test_du_and_tree() -> None:
    collection = Collection(**TREE)
    tc = Service(collection).transfer()
    usage = await tc.du(ID, "/~/", limiter=limit())
    assert (usage.files, usage.bytes, usage.directories) == (4, 40, 4)
    assert usage.is_complete
    assert len((await tc.du(ID, "/~/", largest=1, limiter=limit())).largest) == 1
    collection.refusals["/~/c/"] = [refused(403, "ExternalError.DirListingFailed.PermissionDenied")]
    text = await tc.tree(ID, "/~/", limiter=limit())
    assert text.splitlines()[:3] == ["/~/", "├── a/", "├── a.csv"]
    assert "└── c/  [403 ExternalError.DirListingFailed.PermissionDenied: no" in text
    assert text.endswith("4 directories, 3 files")
    usage = await tc.du(ID, "/~/", on_error="collect", limiter=limit())
    assert ([each.path for each in usage.errors], usage.is_complete) == (["/~/c"], False)
    for wrong in (-1, True):
        with pytest.raises(GlobusUsageError, match="largest: must be a whole number"):
            await tc.du(ID, "/~/", largest=wrong)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"path": "data/x"}, r'path: must be absolute .*: give "/~/data/x"'),
        ({"path": "C:\\data\\x"}, "path: .* is a path of Windows; on a collection it is '/C/data/x'"),
        ({"path": "d:/x"}, "on a collection it is '/D/x'"),
        ({"path": "\\\\host\\share"}, "path: .* is a network share of Windows"),
        ({"path": "/a/../b"}, r"path: must not contain .*\.\."),
        ({"path": None}, "path: must be absolute"),
        ({"collection": "Sandbox Source"}, "collection: must be the id of a collection.*; endpoint_search finds"),
        ({"collection": None}, "collection: must be the id"),
        ({"max_depth": -1}, "max_depth: must be a whole number, 0 to 1,000, got -1"),
        ({"max_depth": 2.5}, "max_depth: must be a whole number"),
        ({"concurrency": 0}, "concurrency: must be a whole number, 1 to 100, got 0"),
        ({"concurrency": None}, "concurrency: must be a whole number"),
        ({"order": "bredth"}, 'order: must be "breadth" or "depth", got .*; did you mean "breadth"?'),
        ({"sort": "size"}, 'sort: must be "name" or None'),
        ({"on_error": "ignore"}, 'on_error: must be "raise" or "collect", or a function'),
        ({"filter": {"name": "a/b"}}, 'filter: name: must not contain "/"'),
        ({"filter": {"nmae": "a"}}, 'filter: must be one of .*; did you mean "name"?'),
        ({"filter": "name:a/b"}, "filter: must be clauses"),
        ({"filter": {"type": "fiel"}}, 'filter: type: .*did you mean "file"'),
        ({"prune": "*.tmp"}, "prune: must be a function"),
        ({"on_progress": 5}, "on_progress: must be a function"),
        ({"follow_symlinks": "yes"}, "follow_symlinks: must be True or False"),
        ({"bottom_up": None}, "bottom_up: must be True or False"),
        ({"limiter": 10}, r"limiter: must be a RateLimiter"),
        ({"executor": object()}, r"executor: must be a concurrent.futures.Executor; a Dask client has one"),
        ({"start_from": {"pending": []}}, r"start_from: must be what checkpoint\(\) of a walk gave"),
    ],
)
async def test_wrong_uses_are_refused_before_anything_is_sent(arguments: dict[str, Any], message: str) -> None:
    service = Service(Collection())
    tc = service.transfer()
    given: dict[str, Any] = {"collection": ID, **arguments}
    with pytest.raises(GlobusUsageError, match=message):
        tc.walk(**given)
    with pytest.raises(GlobusUsageError, match=message):
        tc.walk_dirs(**given)
    assert not service.requests


async def test_a_walk_of_a_file_is_a_wrong_use_too() -> None:
    collection = Collection()
    collection.refusals["/~/a.csv/"] = [refused(502, "ExternalError.DirListingFailed.NotDirectory")]
    with pytest.raises(GlobusUsageError, match=r"path: '/~/a.csv' is a file") as caught:
        await paths(Service(collection).transfer(), "/~/a.csv", on_error="collect")
    assert isinstance(caught.value.__cause__, TransferAPIError)


DENIED = "ExternalError.DirListingFailed.PermissionDenied"


async def test_a_directory_that_cannot_be_listed_raises_in_its_turn_or_is_collected() -> None:
    collection = Collection(**TREE)
    collection.refusals["/~/b/"] = [refused(502, DENIED)]
    tc = Service(collection).transfer()
    walk, given = tc.walk(ID, limiter=limit()), list[str]()
    with pytest.raises(TransferAPIError, match=DENIED) as caught:
        async for entry in walk:
            given.append(entry.path)
    assert given == BREADTH[:4]
    (note,) = caught.value.__dict__["__notes__"]
    assert note.startswith("while the directory '/~/b' was listed; on_error=\"collect\" goes on")

    walk = tc.walk(ID, on_error="collect", limiter=limit())
    assert [entry.path async for entry in walk] == [*BREADTH[:4], "/~/c/x.csv"]
    assert [(each.path, type(each.error)) for each in walk.errors] == [("/~/b", TransferAPIError)]
    assert DENIED in str(walk.errors[0])

    told: list[WalkError] = []
    assert len(await paths(tc, on_error=told.append)) == 5
    assert [each.path for each in told] == ["/~/b"]


async def test_after_an_exception_a_walk_goes_on_where_it_was() -> None:
    collection = Collection(**TREE)
    collection.refusals["/~/b/"] = [refused(502, DENIED), refused(502, DENIED), fine()]
    walk, given = Service(collection).transfer().walk(ID, limiter=limit()), list[str]()
    failures = 0
    while True:
        try:
            async for entry in walk:
                given.append(entry.path)
            break
        except TransferAPIError:
            failures += 1
    assert (given, failures) == (BREADTH, 2)


async def test_a_function_may_raise_what_it_is_told() -> None:
    collection = Collection(**TREE)
    collection.refusals["/~/b/"] = [refused(403, DENIED)]

    def choosy(problem: WalkError) -> None:
        raise problem.error

    with pytest.raises(PermissionDeniedError):
        await paths(Service(collection).transfer(), on_error=choosy)


@pytest.mark.parametrize(
    "refusal",
    [
        httpx.Response(401, json={"code": "AuthenticationFailed", "message": "no"}),
        httpx.Response(403, json={"code": "ConsentRequired", "message": "no", "required_scopes": ["x"]}),
        refused(502, "ExternalError.DirListingFailed.GCDisconnected"),
        refused(502, "ExternalError.DirListingFailed.LoginFailed"),
        refused(404, "EndpointNotFound"),
        httpx.ConnectError("refused"),
    ],
    ids=lambda refusal: type(refusal).__name__,
)
async def test_what_all_calls_would_fail_with_is_raised_even_if_errors_are_collected(
    refusal: httpx.Response | Exception,
) -> None:
    collection = Collection(**TREE)
    collection.refusals["/~/b/"] = [refusal]
    with pytest.raises((TransferAPIError, ConsentRequiredError, GlobusConnectionError)):
        await paths(Service(collection).transfer(), on_error="collect")


async def test_a_timeout_is_of_its_directory() -> None:
    collection = Collection(**TREE)
    collection.refusals["/~/b/"] = [httpx.ReadTimeout("slow")]
    walk = Service(collection).transfer().walk(ID, on_error="collect", limiter=limit())
    assert len([entry async for entry in walk]) == 5
    assert isinstance(walk.errors[0].error, GlobusTimeoutError)


async def test_a_directory_that_has_vanished_is_no_error_but_a_start_that_is_not_there_is() -> None:
    collection = Collection(**TREE)
    collection.refusals["/~/b/"] = [refused(404, "ClientError.NotFound")]
    collection.refusals["/~/c/"] = [refused(502, "ExternalError.DirListingFailed.NotDirectory")]
    tc = Service(collection).transfer()
    walk = tc.walk(ID, limiter=limit())
    assert [entry.path async for entry in walk] == BREADTH[:4]
    assert (walk.vanished, walk.errors) == (["/~/b", "/~/c"], [])
    with pytest.raises(NotFoundError):
        await paths(tc, "/~/nowhere/")
    walk = tc.walk(ID, "/~/nowhere/", on_error="collect", limiter=limit())
    assert [entry async for entry in walk] == []
    assert [each.path for each in walk.errors] == ["/~/nowhere"]


async def test_a_directory_too_large_to_be_listed_is_told() -> None:
    collection = Collection(**TREE)
    collection.refusals["/~/b/"] = [refused(502, "ExternalError.DirListingFailed.SizeLimit")]
    with pytest.raises(TransferAPIError, match="SizeLimit") as caught:
        await paths(Service(collection).transfer())
    assert "no directory of more than 100,000 entries is listed" in caught.value.__dict__["__notes__"][0]


async def test_a_listing_that_is_not_whole_and_names_that_cannot_be_are_errors() -> None:
    entry = {"DATA_TYPE": "file", "type": "dir"}
    short = Service(httpx.Response(200, json={"DATA": [{**entry, "name": "a"}], "total": 5}))
    with pytest.raises(GlobusError, match="listed only 1 of its 5 entries"):
        await paths(short.transfer())
    for name in ("a/b", "", "/etc", "a\0"):
        odd = Service(httpx.Response(200, json={"DATA": [{**entry, "name": name}]}))
        with pytest.raises(ResponseShapeError, match="cannot have the name"):
            await paths(odd.transfer())
    dots = Service(httpx.Response(200, json={"DATA": [{**entry, "name": "."}, {**entry, "name": ".."}]}))
    assert await paths(dots.transfer()) == []


async def test_symlinks_are_followed_if_asked_for_but_not_in_circles() -> None:
    loop = {"type": "dir", "link_target": ".."}
    tree: Tree = {"a": {"up": loop, "file": None}, "link": {"type": "dir", "link_target": "a"}}
    collection = Collection(**tree)
    tc = Service(collection).transfer()
    assert await paths(tc) == ["/~/a", "/~/link", "/~/a/file", "/~/a/up"]
    collection.refusals["/~/link/"] = [refused(404, "ClientError.NotFound")]  # which this collection cannot follow
    walk = tc.walk(ID, follow_symlinks=True, limiter=limit())
    assert [entry.path async for entry in walk] == ["/~/a", "/~/link", "/~/a/file", "/~/a/up"]
    assert walk.loops == ["/~/a/up"]
    assert collection.asked.count("/~/link/") == 1


async def test_a_collection_that_leads_ever_deeper_is_left() -> None:
    forever = Service(httpx.Response(200, json={"DATA": [{"DATA_TYPE": "file", "type": "dir", "name": "d"}]}))
    with pytest.raises(GlobusError, match="no deeper than 1,000 levels"):
        await paths(forever.transfer(), concurrency=1)
    assert len(forever.requests) == 1001


async def test_a_429_stops_all_calls_until_the_service_allows_them() -> None:
    collection = Collection(**TREE)
    late = refused(429, "TooManyRequests", {"Retry-After": "7"})
    collection.refusals["/~/b/"] = [late, late, fine()]
    service = Service(collection)
    assert await paths(service.transfer()) == BREADTH
    assert service.pauses == [7, 7]
    collection.refusals["/~/b/"] = [late]
    with pytest.raises(RateLimitedError):
        await paths(service.transfer(), on_error="collect")


async def test_a_walk_keeps_to_the_rate_of_its_limiter_even_if_the_clock_stands_still() -> None:
    service = Service(Collection(**{f"d{number}": Tree() for number in range(30)}))
    assert len(await paths(service.transfer(), limiter=RateLimiter(10))) == 30
    assert sum(service.pauses) == pytest.approx(2.1, rel=1e-3)
    # By default a walk has one of ten calls a second, which it shares with others of the user.
    service = Service(Collection(a={}))
    tc = service.transfer()
    for _ in range(10):
        assert await paths(tc, limiter=None) == ["/~/a"]
    assert sum(service.pauses) >= 0.9


async def test_progress_is_told_after_each_directory() -> None:
    told: list[WalkProgress] = []
    walk = Service(Collection(**TREE)).transfer().walk(ID, limiter=limit(), on_progress=told.append)
    assert [entry.path async for entry in walk] == BREADTH
    assert [(each.entries, each.pending) for each in told] == [(4, 3), (4, 2), (6, 2), (7, 1), (8, 0)]
    assert (walk.calls, walk.entries, walk.progress.pending) == (5, 8, 0)
    assert "calls=5" in repr(walk)


@pytest.mark.parametrize("order", ["breadth", "depth", "bottom up"])
async def test_a_walk_goes_on_in_another_process_where_it_was(order: str) -> None:
    tc = Service(Collection(**TREE)).transfer()
    arguments: dict[str, Any] = {
        "order": "breadth" if order == "breadth" else "depth",
        "bottom_up": order == "bottom up",
    }
    whole = await paths(tc, **arguments)
    for count in range(len(whole) + 1):
        given: list[str] = []
        walk = tc.walk(ID, limiter=limit(), **arguments)
        while len(given) < count:
            given.append((await walk.__anext__()).path)
        await walk.aclose()
        assert [entry async for entry in walk] == []
        state = json.loads(json.dumps(walk.checkpoint()))
        assert given + await paths(tc, start_from=state, **arguments) == whole


async def test_a_walk_goes_on_with_the_same_arguments_only() -> None:
    tc = Service(Collection(**TREE)).transfer()
    async with tc.walk(ID, "/~/", limiter=limit()) as walk:
        await walk.__anext__()
        state = walk.checkpoint()
    for arguments in ({"path": "/~/b/"}, {"order": "depth"}, {"max_depth": 1}, {"sort": None}, {"filter": "type:file"}):
        (name,) = arguments
        given: dict[str, Any] = {"path": "/~/", **arguments}
        with pytest.raises(GlobusUsageError, match=rf"start_from: is of a walk with {name}="):
            tc.walk(ID, **given, start_from=state)
    with pytest.raises(GlobusUsageError, match="start_from: is of a walk with kind='entries'"):
        tc.walk_dirs(ID, "/~/", start_from=state)
    for broken in (
        {"version": 2},
        {"pending": [{"path": "/"}]},
        {"pending": [{"path": "/", "depth": 0, "given": "x"}]},
        {"entered": [5]},
        {"root": None},
    ):
        damaged: Any = {**state, **broken}
        with pytest.raises(GlobusUsageError, match="start_from: must be"):
            tc.walk(ID, "/~/", start_from=damaged)


async def test_an_executor_may_do_the_listing() -> None:
    service = Service(Collection(**TREE))
    with ThreadPoolExecutor(3) as executor:
        assert await paths(service.transfer(), executor=executor, concurrency=3) == BREADTH
        executor.submit(int).result()  # it is left as it was
    with pytest.raises(GlobusUsageError, match="executor: it takes no more work"):
        await paths(service.transfer(), executor=executor)
