"""The catalogue of wrong documents and calls: each is refused before anything is sent, and its field is named.

A line of a file in ``tests/data/wrong`` is a case: `call`, the wrong call in Python; `field`, what the refusal must
name; `why`; `static`, whether mypy and pyright both refuse it; `raw`, the same as a request, for the sandbox (or
`raw_why`, why there is none).
"""

import ast
import copy
import json
import re
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import httpx
import pytest
from pydantic import ValidationError

import globus_typed
import globus_typed.auth
import globus_typed.groups
import globus_typed.transfer
from globus_typed.core.payloads import Payload
from globus_typed.core.wire_names import wire_name

ROOT = Path(__file__).parents[2]
WRONG = ROOT / "tests" / "data" / "wrong"
CASES: list[dict[str, Any]] = [
    json.loads(line) | {"at": f"{path.relative_to(WRONG)}:{number}"}
    for path in sorted(WRONG.rglob("*.jsonl"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
]
IDS = {
    "A": "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001",
    "B": "7a1d3c52-0b6e-4f19-9c44-3e8a51d20004",
    "C": "2a7c9e10-33b4-4d5e-9f60-1b2c3d4e0001",
}
CLIENTS = {
    "tc": "TransferClient",
    "ac": "AuthClient",
    "native": "NativeAppAuthClient",
    "app": "ConfidentialAppAuthClient",
    "gc": "GroupsClient",
    "gm": "GroupsManager",
}
STANDARD: dict[str, object] = {"datetime": datetime, "timedelta": timedelta, "timezone": timezone, "UUID": UUID}


def clients(http: httpx.Client) -> dict[str, object]:
    token = globus_typed.AccessTokenAuthorizer("a-token")
    service, auth = "https://transfer.example", "https://auth.example"
    groups = globus_typed.GroupsClient(token, base_url="https://groups.example", http_client=http)
    return {
        "tc": globus_typed.TransferClient(token, base_url=service, http_client=http),
        "ac": globus_typed.AuthClient(authorizer=token, base_url=auth, http_client=http),
        "native": globus_typed.NativeAppAuthClient(IDS["C"], base_url=auth, http_client=http),
        "app": globus_typed.ConfidentialAppAuthClient(IDS["C"], "a-secret", base_url=auth, http_client=http),
        "gc": groups,
        "gm": globus_typed.GroupsManager(groups),
    }


PUBLIC: tuple[Any, ...] = (globus_typed.auth, globus_typed.groups, globus_typed.transfer, globus_typed)
"""Where the names of the calls come from."""


class Watched(ast.NodeTransformer):
    """Makes each call of an expression one through `watch`."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        inner = self.generic_visit(node)
        assert isinstance(inner, ast.Call)
        return ast.Call(ast.Name("watch", ast.Load()), [inner.func, *inner.args], inner.keywords)


class Caller:
    """Calls, and remembers which of the caller's objects were changed by it."""

    def __init__(self) -> None:
        self.changed: list[str] = []

    def watch(self, function: Callable[..., Any], *args: Any, **keywords: Any) -> Any:
        own = [args, keywords] if function in (setattr,) else [getattr(function, "__self__", None), args, keywords]
        before = [self._copy(each) for each in own]
        try:
            return function(*args, **keywords)
        except (ValidationError, globus_typed.GlobusUsageError):
            if [self._copy(each) for each in own] != before:
                self.changed.append(str(function))
            raise

    def _copy(self, value: object) -> object:
        """A copy of what may be changed, clients aside."""
        if isinstance(value, Payload):
            return copy.deepcopy(value)
        if isinstance(value, Mapping):
            return {name: self._copy(each) for name, each in cast("Mapping[object, object]", value).items()}
        if isinstance(value, (list, tuple)):
            return [self._copy(each) for each in cast("list[object]", value)]
        return value


def named(refusal: Exception) -> Iterator[str]:
    """The names of what is wrong, by each problem of a refusal."""
    if not isinstance(refusal, ValidationError):
        yield str(refusal)
        return
    for problem in refusal.errors(include_url=False):
        # What stands in an item is told of by that item's place, which the message may begin with.
        yield " ".join([*(str(step) for step in problem["loc"]), problem["msg"].partition(": ")[0]])


def test_each_case_is_refused_before_anything_is_sent(record_property: Callable[[str, object], None]) -> None:
    sent: list[httpx.Request] = []

    def transport(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        raise AssertionError("nothing may be sent")

    public = {name: getattr(module, name) for module in PUBLIC for name in module.__all__}
    caller = Caller()
    http = httpx.Client(transport=httpx.MockTransport(transport))
    namespace = {**public, **STANDARD, **IDS, "watch": caller.watch}
    wrong: list[str] = []
    refused = rightly = 0
    for case in CASES:
        where = f"{case['at']}: {case['call']}"
        tree = ast.fix_missing_locations(Watched().visit(ast.parse(case["call"], mode="eval")))
        names = {**namespace, **clients(http)}
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                eval(compile(tree, where, "eval"), names)
            wrong.append(f"{where}\n    is not refused")
            continue
        except (ValidationError, globus_typed.GlobusUsageError) as refusal:
            problems = list(named(refusal))
        except Exception as error:
            wrong.append(f"{where}\n    {type(error).__name__}: {error}")
            continue
        refused += 1
        if len(problems) > 1:
            wrong.append(f"{where}\n    is wrong in {len(problems)} ways: {problems}")
        elif not re.search(rf"(?<!\w)({case['field']}|{wire_name(case['field'])})(?!\w)", problems[0]):
            wrong.append(f"{where}\n    does not name {case['field']}: {problems[0]}")
        else:
            rightly += 1
    counts = {"cases": len(CASES), "refused": refused, "named rightly": rightly, "requests sent": len(sent)}
    for name, count in counts.items():
        record_property(name, count)
    sys.stdout.write(f"\ncatalogue: {counts}\n")
    assert not wrong, f"{len(wrong)} of {len(CASES)}:\n" + "\n".join(wrong[:50])
    assert not sent
    assert not caller.changed


def test_no_case_is_there_twice() -> None:
    calls = [case["call"] for case in CASES]
    assert len(calls) >= 300
    assert sorted(calls) == sorted(set(calls))


@pytest.mark.once
def test_type_checkers_refuse_what_is_marked(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    source, first = static_source()
    path = tmp_path / "every_wrong_call.py"
    path.write_text(source, encoding="utf-8")
    mypy = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file", str(ROOT / "mypy.ini"), str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert mypy.returncode == 1, mypy.stdout + mypy.stderr
    by_mypy = {int(line) for line in re.findall(rf"{path.name}:(\d+): error:", mypy.stdout)}
    pyright = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, str(path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    found = json.loads(pyright.stdout[pyright.stdout.index("{") :])["generalDiagnostics"]
    by_pyright = {each["range"]["start"]["line"] + 1 for each in found if each["severity"] == "error"}
    both = by_mypy & by_pyright
    assert all(line >= first for line in by_mypy | by_pyright), (mypy.stdout, found)
    counts = {
        "cases": len(CASES),
        "caught by mypy": len(by_mypy),
        "caught by pyright": len(by_pyright),
        "caught by both": len(both),
    }
    for name, count in counts.items():
        record_property(name, count)
    sys.stdout.write(f"\ncatalogue: {counts}\n")
    differ = [
        f"{case['at']}: {case['call']}\n    mypy {line in by_mypy}, pyright {line in by_pyright}"
        for line, case in enumerate(CASES, first)
        if case["static"] is not (line in both)
    ]
    assert not differ, f"{len(differ)} marks:\n" + "\n".join(differ[:50])
    assert len(both) * 2 >= len(CASES)


def static_source() -> tuple[str, int]:
    """A module with every call on a line of its own, and the line of the first."""
    used = {
        node.id
        for case in CASES
        for node in ast.walk(ast.parse(case["call"], mode="eval"))
        if isinstance(node, ast.Name)
    } | set(CLIENTS.values())
    lines = ["# pyright: strict", "from datetime import datetime, timedelta, timezone", "from uuid import UUID"]
    for module in reversed(PUBLIC):
        here = sorted(name for name in used if name in module.__all__)
        used -= set(here)
        lines += [f"from {module.__name__} import {name}" for name in here]
    lines += [f"{name} = {text!r}" for name, text in IDS.items()]
    lines.append(f"def calls({', '.join(f'{name}: {kind}' for name, kind in CLIENTS.items())}) -> None:")
    lines.append("    print(datetime, timedelta, timezone, UUID)")
    first = len(lines) + 1
    return "\n".join([*lines, *(f"    {case['call']}" for case in CASES), ""]), first
