"""Globus's SDK for JavaScript, unmodified, finds in the sandbox what it expects of Globus."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from globus_typed.sandbox import Sandbox

pytestmark = pytest.mark.once

SDK = "@globus/sdk@6.2.0"
PROGRAM = Path(__file__).with_name("node_sdk.js")


@pytest.fixture
def modules(request: pytest.FixtureRequest) -> Path:
    """The directory with the modules of the SDK, which pytest keeps for the next time."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("needs node and npm")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=60, check=True).stdout
    if int(version.removeprefix("v").partition(".")[0]) < 20:
        pytest.skip(f"needs node 20 or later, not {version.strip()}")
    place = request.config.cache.mkdir(SDK.replace("/", "_"))
    if not (place / "node_modules" / "@globus" / "sdk" / "package.json").exists():
        install = [npm, "install", "--prefix", str(place), "--no-audit", "--no-fund", "--ignore-scripts", SDK]
        done = subprocess.run(install, capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            pytest.skip(f"{SDK} cannot be installed: {done.stderr.strip()[-300:]}")
    return place / "node_modules"


def test_the_sdk_for_javascript_works_on_the_sandbox(globus_sandbox: Sandbox, modules: Path) -> None:
    environment = {
        "NODE_PATH": str(modules),
        "TRANSFER_TOKEN": globus_sandbox.access_token(),
        "SOURCE": globus_sandbox.source.id,
        "DESTINATION": globus_sandbox.destination.id,
        "LISTENER": globus_sandbox.listener.id,
        "INITIATOR": globus_sandbox.initiator.id,
        "CLIENT_ID": globus_sandbox.client_id,
        "CLIENT_SECRET": globus_sandbox.client_secret,
        "NATIVE_CLIENT_ID": globus_sandbox.native_client_id,
    }
    command, environment = ["node", str(PROGRAM)], {**os.environ, **globus_sandbox.environment, **environment}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)
    assert done.returncode == 0, done.stderr
    saw: dict[str, Any] = json.loads(done.stdout)
    assert saw == {
        "files": {
            "first": ["project1", "welcome.txt"],
            "then": ["link", "project1", "renamed", "welcome.txt"],
            "stat": "file",
            "missing": [404, "ClientError.NotFound"],
        },
        "tasks": {
            "same": True,
            "code": "Duplicate",
            "done": ["SUCCEEDED", "from Node", 3],
            "listed": [True],
            "moved": 3,
            "skipped": 0,
            "events": ["SUCCEEDED", "STARTED"],
            "late": "TaskComplete",
            "gone": "SUCCEEDED",
        },
        "sharing": {
            "permissions": "rw",
            "rules": 2,
            "owner": ["administrator"],
            "bookmarks": ["renamed"],
            "found": [True],
            "description": "readings",
        },
        "tunnels": {
            "both": True,
            "state": "ACTIVE",
            "events": ["STARTED", "TUNNEL_ACTIVE", "TUNNEL_STOPPED"],
            "left": 0,
        },
        "managing": {"monitored": True, "held": 409, "watched": True, "events": 2},
        "login": {
            "types": [True, True],
            "other": ["transfer.api.globus.org"],
            "active": [True, False],
            "known": [True],
            "me": True,
            "endpoint": f"{globus_sandbox.url}/v2/oauth2/token",
        },
        "page": {
            "transferAlone": ["transfer.api.globus.org"],
            "openid": ["auth.globus.org"],
            "both": ["auth.globus.org", "transfer.api.globus.org"],
        },
    }
    copied = globus_sandbox.destination.root / "copy"
    assert not copied.exists()
