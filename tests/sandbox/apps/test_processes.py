"""What others can see of processes in ``/proc``: the tokens and secrets of apps are not among it."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import multiprocessing, os, sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import httpx
from globus_typed import CommandLineLoginFlowManager, GlobusAppConfig, JSONTokenStorage, TransferClient, UserApp

def log_in(url):
    return httpx.get(url, headers={"Accept": "text/plain"}).text.strip()

def name_of(client):
    return first(client), seen(os.getpid())

def first(client):
    return next(iter(client.endpoint_search("Sandbox Source", filter_scope="my-endpoints"))).display_name

def seen(pid):
    return b"".join((Path("/proc") / str(pid) / name).read_bytes() for name in ("cmdline", "environ"))

if __name__ == "__main__":
    store = JSONTokenStorage(sys.argv[1])
    flow = CommandLineLoginFlowManager(ask=log_in)
    config = GlobusAppConfig(token_storage=store, login_flow_manager=flow, request_refresh_tokens=True)
    with UserApp("lab sync", client_id=os.environ["GLOBUS_SANDBOX_NATIVE_CLIENT_ID"], config=config) as app:
        with TransferClient(app=app) as client:
            first(client)
            with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
                name, of_worker = pool.submit(name_of, client).result(60)
                children = [*Path(f"/proc/{os.getpid()}/task").glob("*/children")]
                helpers = b" ".join(each.read_bytes() for each in children).split()
                all_seen = [of_worker, seen(os.getpid()), seen(os.getppid()), *map(seen, map(int, helpers))]
        tokens = app.token_storage.get_token_data_by_resource_server().values()
        secrets = [text.encode() for each in tokens for text in (each.access_token, each.refresh_token) if text]
        print(name, len(secrets), len(all_seen), sum(secret in text for secret in secrets for text in all_seen))
"""


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="there is no /proc on this system")
def test_no_token_of_an_app_is_seen_in_proc(tmp_path: Path) -> None:
    """Looked at are the program below ``sandbox run``, that itself, and the workers to which a client travelled."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    command = [sys.executable, "-m", "globus_typed", "sandbox", "run", "--", sys.executable, str(program)]
    done = subprocess.run(
        [*command, str(tmp_path / "tokens.json")], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    name, secrets, processes, found = done.stdout.strip().rsplit(maxsplit=3)
    assert name == "Sandbox Source"
    assert int(secrets) >= 4
    assert int(processes) >= 4
    assert found == "0"
