"""What the script that writes the sync twins makes of each construct, written and formatted as by hand."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "tools" / "unasync.py"

SNIPPETS = {
    "async for, with and def": (
        """
async def f(a, b):
    async with a as x, b:
        async for y in x:
            await y
        else:
            pass
""",
        """
def f(a, b):
    with a as x, b:
        for y in x:
            y
        else:
            pass
""",
    ),
    "a with in a with is one": (
        """
async def f(a, b):
    async with a:
        with b:
            await a.x()
""",
        """
def f(a, b):
    with a, b:
        a.x()
""",
    ),
    "comprehensions and generators": (
        """
async def f(a):
    return (
        [x.y async for x in a if await x],
        {x async for x in a},
        {x: y async for x in a for y in x},
        (await x for x in a),
        [x async for x in a],
    )
""",
        """
def f(a):
    return (
        [x.y for x in a if x],
        set(a),
        {x: y for x in a for y in x},
        (x for x in a),
        list(a),
    )
""",
    ),
    "parentheses go with the await that needed them, and only then": (
        """
async def f(a, b):
    (await a.get(
        1,  # a comment inside
        2,
    )).items
    -(await a)[0]
    (await (a or b)).c
    await (a if b else a)
    return (
        # a comment before
        await a
    )
""",
        """
def f(a, b):
    a.get(
        1,  # a comment inside
        2,
    ).items
    -a[0]
    (a or b).c
    (a if b else a)
    return (
        # a comment before
        a
    )
""",
    ),
    "the bytes, lines and text of a response": (
        """
async def f(response):
    async for part in response.aiter_bytes(5):
        yield part
    lines = [line.strip() async for line in response.aiter_lines()]
    texts = [text.strip() async for text in response.aiter_text()]
    async for raw in response.aiter_raw(chunk_size=5):
        print(raw)
    await response.aread()
    await response.aclose()
""",
        """
def f(response):
    yield from response.iter_bytes(5)
    lines = [line.strip() for line in response.iter_lines()]
    texts = [text.strip() for text in response.iter_text()]
    for raw in response.iter_raw(chunk_size=5):
        print(raw)
    response.read()
    response.close()
""",
    ),
    "anext and aiter": (
        """
async def f(a):
    walk = aiter(a)
    try:
        return await anext(walk), await anext(walk, None)
    except StopAsyncIteration:
        return None
""",
        """
def f(a):
    walk = iter(a)
    try:
        return next(walk), next(walk, None)
    except StopIteration:
        return None
""",
    ),
    "special methods": (
        """
class AsyncA:
    async def __aenter__(self): ...
    async def __aexit__(self, *error): ...
    def __aiter__(self): ...
    async def __anext__(self): ...
""",
        """
class A:
    def __enter__(self): ...
    def __exit__(self, *error): ...
    def __iter__(self): ...
    def __next__(self): ...
""",
    ),
    "contextlib": (
        """
import contextlib
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing, asynccontextmanager


@asynccontextmanager
async def f(a: AbstractAsyncContextManager[int]):
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(a)
        stack.push_async_callback(g)
        stack.push_async_exit(aclosing(a))


@contextlib.asynccontextmanager
async def g():
    yield
""",
        """
import contextlib
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager


@contextmanager
def f(a: AbstractContextManager[int]):
    with ExitStack() as stack:
        yield stack.enter_context(a)
        stack.callback(g)
        stack.push(closing(a))


@contextlib.contextmanager
def g():
    yield
""",
    ),
    "types, however deep": (
        """
import collections.abc
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from typing import Any

Send = Callable[[int], Awaitable[dict[str, list[Awaitable[int]]]]]
Work = Coroutine[Any, Any, list[int]]
Walk = collections.abc.AsyncGenerator[list[int], str]
Other = AsyncGenerator[int]


def f(x: collections.abc.Awaitable[list[int]]) -> AsyncGenerator[int, None] | None: ...
""",
        """
import collections.abc
from collections.abc import Callable, Generator

Send = Callable[[int], dict[str, list[int]]]
Work = list[int]
Walk = collections.abc.Generator[list[int], str, None]
Other = Generator[int, None, None]


def f(x: list[int]) -> Generator[int, None, None] | None: ...
""",
    ),
    "an iterator beside an async one is imported once": (
        """
from collections.abc import AsyncIterator, Awaitable, Iterator, Mapping


def f(a: AsyncIterator[int], b: Iterator[int], c: Mapping[str, int]) -> Awaitable[None]: ...
""",
        """
from collections.abc import Iterator, Mapping


def f(a: Iterator[int], b: Iterator[int], c: Mapping[str, int]) -> None: ...
""",
    ),
    "imports are sorted by the names of the twin": (
        """
import httpx

from globus_typed.core.async_client import AsyncClient, Zebra, async_sleep
from globus_typed.core.base import Base
from globus_typed.core.client import Options

from . import async_service
from .a_module import x
from .async_a import y
from .test_async_rows import ROWS

Z = [httpx.AsyncClient, AsyncClient, Zebra, async_sleep, Base, Options, async_service.X, x, y, ROWS]
""",
        """
import httpx

from globus_typed.core.base import Base
from globus_typed.core.client import Client, Options, Zebra, sleep

from . import service
from .a import y
from .a_module import x
from .test_rows import ROWS

Z = [httpx.Client, Client, Zebra, sleep, Base, Options, service.X, x, y, ROWS]
""",
    ),
    "names: attributes, arguments, keywords, with an underscore before": (
        """
def f(async_a, *, _async_b=1):
    asyncio_a, test_async_c, AsyncB = async_a.async_c(async_d=_async_b)
    return _AsyncB(asynchronous=a.AsyncB, Asyncio=Async)
""",
        """
def f(a, *, _b=1):
    asyncio_a, test_async_c, B = a.c(d=_b)
    return _B(asynchronous=a.B, Asyncio=Async)
""",
    ),
    "strings that are types": (
        """
from typing import Annotated, Literal, TypeVar, cast

T = TypeVar("T", bound="AsyncPager[int]")
AsyncT = TypeVar("AsyncT", "list[async_a.B]", int)


def f(a: "list[AsyncPager]", b: "Awaitable[list[T]]", c: Literal["aclose"], d: Annotated[str, "aclose"]) -> "AsyncT":
    return cast("AsyncPager[T] | None", a)
""",
        """
from typing import Annotated, Literal, TypeVar, cast

T = TypeVar("T", bound="Pager[int]")
T = TypeVar("T", "list[a.B]", int)


def f(a: "list[Pager]", b: "list[T]", c: Literal["aclose"], d: Annotated[str, "aclose"]) -> "T":
    return cast("Pager[T] | None", a)
""",
    ),
    "strings that are names": (
        """
__all__ = ["AsyncPager", "Pages", "async_sleep"]
__all__ += ("async_wait",)
LAZY = {"globus_typed.core.async_pager": "AsyncPager Pages async_sleep"}
NAMES = "AsyncPager AsyncClient"


def test_f(monkeypatch):
    monkeypatch.setattr("globus_typed.core.async_client.async_sleep", None)
    monkeypatch.setattr(a, "async_sleep", getattr(b, "aclose"))
    load("tests.client.test_async_rows:ROWS", ".async_pager.AsyncPager")
""",
        """
__all__ = ["Pager", "Pages", "sleep"]
__all__ += ("wait",)
LAZY = {"globus_typed.core.pager": "Pager Pages sleep"}
NAMES = "Pager Client"


def test_f(monkeypatch):
    monkeypatch.setattr("globus_typed.core.client.sleep", None)
    monkeypatch.setattr(a, "sleep", getattr(b, "close"))
    load("tests.client.test_rows:ROWS", ".pager.Pager")
""",
    ),
    "all other strings are left alone": (
        '''
A = "await x"
B = f"await {async_a} in async with aclose()"
C = {"aclose": "async_b", "how": "number of tasks"}
D = ["Use an AsyncClient.", r"\\bawait AsyncPager", b"AsyncPager", "async_c", "the AsyncPager"]
E = """
async with AsyncPager() as pager:
    await pager.aclose()
"""
''',
        '''
A = "await x"
B = f"await {a} in async with aclose()"
C = {"aclose": "async_b", "how": "number of tasks"}
D = ["Use an AsyncClient.", r"\\bawait AsyncPager", b"AsyncPager", "async_c", "the AsyncPager"]
E = """
async with AsyncPager() as pager:
    await pager.aclose()
"""
''',
    ),
    "docstrings and comments are rewritten": (
        '''
"""An async iterator, an `async with`, an asynchronous call.

    async with AsyncClient() as client:
        pages = [page async for page in (await client.get(1)).pages()]
        await client.aclose()

The end.
"""

# a line about AsyncPager, that any number of tasks may share


class AsyncA:
    """`await pager.all()` gives a list; ``await x`` too. Those that await it wait."""

    x: int = 1
    """What `aclose` leaves, `async_sleep` included; asyncio goes on."""

    async def f(self):
        return await self.x  # `async for` ends here
''',
        '''
"""An iterator, a `with`, a call.

    with Client() as client:
        pages = [page for page in client.get(1).pages()]
        client.close()

The end.
"""

# a line about Pager, that any number of threads may share


class A:
    """`pager.all()` gives a list; ``x`` too. Those that await it wait."""

    x: int = 1
    """What `close` leaves, `sleep` included; asyncio goes on."""

    def f(self):
        return self.x  # `for` ends here
''',
    ),
    "comments keep their places, but for a noqa that only async code needs": (
        """
# at the top


async def f(
    timeout,  # noqa: ASYNC109
    a,  # beside an argument
):
    # above
    async with a:  # beside a with
        # within
        print(
            "x"  # type: ignore[arg-type]  # why
        )
    # below
    await a.b()  # noqa: B018
""",
        """
# at the top


def f(
    timeout,
    a,  # beside an argument
):
    # above
    with a:  # beside a with
        # within
        print(
            "x"  # type: ignore[arg-type]  # why
        )
    # below
    a.b()
""",
    ),
    "what has become short enough is on one line": (
        """
async def function_with_a_long_name(
    argument_with_a_long_name: list[int], another_argument_with_a_long_name: int
) -> None:
    return await argument_with_a_long_name.a_method_with_a_long_name(
        another_argument_with_a_long_name, 1, 1000000000
    )
""",
        """
def function_with_a_long_name(argument_with_a_long_name: list[int], another_argument_with_a_long_name: int) -> None:
    return argument_with_a_long_name.a_method_with_a_long_name(another_argument_with_a_long_name, 1, 1000000000)
""",
    ),
}


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The twins of the snippets, all made by one run."""
    spec = importlib.util.spec_from_file_location("unasync", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    root = tmp_path_factory.mktemp("snippets")
    folder = root / "src" / "globus_typed"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    for number, (source, _) in enumerate(SNIPPETS.values()):
        (folder / f"async_s{number}.py").write_text(source.lstrip("\n"))
    texts, _ = script.make_twins(root)
    return {name: texts[folder / f"s{number}.py"] for number, name in enumerate(SNIPPETS)}


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_twin_is_its_source_without_the_waiting(twins: dict[str, str], name: str) -> None:
    header, _, text = twins[name].partition("\n")
    assert header.startswith("# Generated from async_s")
    assert text.strip() == SNIPPETS[name][1].strip()
