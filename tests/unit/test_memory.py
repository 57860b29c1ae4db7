"""The garbage collector of the user's process: it is left alone, and reading goes on for ever in the same memory."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import globus_typed

READ_AGAIN_AND_AGAIN = """
import json
import re
from pathlib import Path

import httpx

from globus_typed import AccessTokenAuthorizer, TransferClient

ENTRY = {"DATA_TYPE": "file", "type": "file", "size": 1, "last_modified": "2025-05-01 18:40:02+00:00", "user": "heron"}
ENTRIES = [{**ENTRY, "name": f"sample_{number:07}.dat", "permissions": "0644"} for number in range(4_000)]
LISTING = json.dumps({"DATA_TYPE": "file_list", "path": "/", "DATA": ENTRIES}).encode()


def megabytes():
    (kilobytes,) = re.findall(r"VmRSS:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
    return int(kilobytes) / 1024


def read(client):
    entries = list(client.operation_ls("7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"))
    try:
        raise LookupError(len(entries))
    except LookupError as e:
        error = e  # the error has the traceback, which has this frame, which has the error, and the entries too
    assert error.args == (4_000,)


http_client = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200, content=LISTING)))
client = TransferClient(AccessTokenAuthorizer("t"), http_client=http_client)
for _ in range(20):
    read(client)
before = megabytes()
for _ in range(80):
    read(client)
print(before, megabytes())
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_listings_read_again_and_again_take_no_more_memory() -> None:
    run = [sys.executable, "-c", READ_AGAIN_AND_AGAIN]
    done = subprocess.run(run, capture_output=True, text=True, timeout=120, check=True)
    before, after = map(float, done.stdout.split())
    # Each listing is some 5 MB: one or another waits for the collector at the end, eighty must not.
    assert before < 120
    assert after - before < 40


def test_no_module_touches_the_garbage_collector() -> None:
    modules = sorted(Path(globus_typed.__file__).parent.rglob("*.py"))
    assert len(modules) > 50
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                imported = [node.module or ""]
            else:
                continue
            assert "gc" not in imported, f"{module}, line {node.lineno}"
