"""The command ``globus-typed``, run as a user runs it."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from globus_typed import __version__, registry

COMMAND = [sys.executable, "-W", "error", "-m", "globus_typed"]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, timeout=120, env={**os.environ, **environment}
    )


def test_it_tells_its_version() -> None:
    assert run("--version").stdout.strip() == __version__


def test_a_command_runs_against_a_fresh_sandbox_and_its_exit_status_is_passed_on() -> None:
    program = """
import os, sys
from globus_typed import ConfidentialAppAuthClient, AccessTokenAuthorizer, TransferClient
assert "GLOBUS_SDK_ENVIRONMENT" not in os.environ
app = ConfidentialAppAuthClient(os.environ["GLOBUS_SANDBOX_CLIENT_ID"], os.environ["GLOBUS_SANDBOX_CLIENT_SECRET"])
token = app.oauth2_client_credentials_tokens().by_resource_server["transfer.api.globus.org"].access_token
with TransferClient(AccessTokenAuthorizer(token)) as tc:
    print(sorted(ep.display_name for ep in tc.endpoint_search(filter_scope="my-endpoints")))
sys.exit(7)
"""
    done = run("sandbox", "run", "--", sys.executable, "-c", program, GLOBUS_SDK_ENVIRONMENT="preview")
    assert done.stdout.strip() == "['Sandbox Destination', 'Sandbox Source']", done.stderr
    assert done.returncode == 7


@pytest.mark.parametrize("option", ["--version", "-c", "--port"])
def test_options_after_the_command_are_the_commands(option: str) -> None:
    done = run("sandbox", "run", "--", sys.executable, "-c", "import sys; print(sys.argv[1:])", option)
    assert done.stdout.strip() == repr([option])


def test_a_command_that_died_by_a_signal_is_told_from_one_that_failed() -> None:
    done = run("sandbox", "run", "--", sys.executable, "-c", "import os; os.kill(os.getpid(), 9)")
    assert done.returncode == 128 + signal.SIGKILL


def test_a_command_that_is_not_there_is_named() -> None:
    done = run("sandbox", "run", "--", "no-such-command-here")
    assert done.returncode == 127
    assert "no-such-command-here" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_served_sandbox_prints_what_to_export_and_stops_at_ctrl_c(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "TMPDIR": str(tmp_path),
        "HTTP_PROXY": "http://proxy.example:3128",
        "NO_PROXY": "one.example, two.example",
        "GLOBUS_SDK_ENVIRONMENT": "preview",
        "GLOBUS_SDK_TRANSFER_TOKEN": "of-another-globus",
        "GLOBUS_SDK_GROUPS_TOKEN": "of-another-globus",
    }
    with subprocess.Popen(
        [*COMMAND, "sandbox"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        said: list[str] = []
        while "Ctrl-C" not in "".join(said):
            said.append(server.stderr.readline())
        assert "[environment default]\n" in said
        server.send_signal(signal.SIGINT)
        lines = server.stdout.read()
        assert server.wait(timeout=30) == 0
        assert not server.stderr.read()
    # What a shell makes of the lines is what counts.
    shell = subprocess.run(["sh", "-c", f"{lines}\nenv"], capture_output=True, text=True, env=environment, check=True)
    seen = dict(line.split("=", 1) for line in shell.stdout.splitlines())
    url = seen["GLOBUS_SDK_SERVICE_URL_TRANSFER"]
    assert url.startswith("http://127.0.0.1:")
    assert seen["GLOBUS_SDK_SERVICE_URL_AUTH"] == url
    assert {
        "GLOBUS_SANDBOX_CLIENT_ID",
        "GLOBUS_SANDBOX_CLIENT_SECRET",
        "GLOBUS_SANDBOX_NATIVE_CLIENT_ID",
    } <= seen.keys()
    assert seen["NO_PROXY"] == "one.example, two.example,127.0.0.1"
    assert "GLOBUS_SDK_ENVIRONMENT" not in seen
    assert seen["GLOBUS_SDK_TRANSFER_TOKEN"] != "of-another-globus"
    assert seen["GLOBUS_SDK_GROUPS_TOKEN"] != "of-another-globus"
    assert all(line.startswith(("export ", "unset ")) for line in lines.splitlines())
    assert not list(tmp_path.iterdir())
    with pytest.raises(httpx.ConnectError):
        httpx.get(url, trust_env=False)


def test_a_port_that_is_taken_is_said_so_without_a_traceback() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("sandbox", "--port", str(port))
    assert done.returncode == 1
    assert f"port: {port} " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_command_is_ended_together_with_its_sandbox(tmp_path: Path) -> None:
    program = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(9))
print("ready", flush=True)
signal.pause()
"""
    with subprocess.Popen(
        [*COMMAND, "sandbox", "run", "--", sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        assert list(tmp_path.iterdir())
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=30) == 9
    assert not list(tmp_path.iterdir())


def test_what_leads_to_another_globus_is_kept_from_the_command() -> None:
    program = "import json, os; print(json.dumps({**os.environ}))"
    elsewhere = "of-another-globus"
    tokens = {f"GLOBUS_SDK_{service.option.upper()}_TOKEN": elsewhere for service in registry.services()}
    urls = {f"GLOBUS_SDK_SERVICE_URL_{service.option.upper()}": elsewhere for service in registry.services()}
    others = {**tokens, **urls, "GLOBUS_SDK_ENVIRONMENT": elsewhere, "GLOBUS_SDK_HTTP_TIMEOUT": "9"}
    done = run("sandbox", "run", "--", sys.executable, "-c", program, **others)
    seen = json.loads(done.stdout)
    assert elsewhere not in seen.values()
    assert urls.keys() < seen.keys()
    assert seen["GLOBUS_SDK_HTTP_TIMEOUT"] == "9"


@pytest.mark.parametrize("before", [True, False])
def test_options_stand_before_run_or_after_it(before: bool) -> None:
    program = """
import os
from globus_typed import TransferClient
print(os.environ["GLOBUS_SANDBOX_NATIVE_CLIENT_ID"], TransferClient().get_endpoint(os.environ["RINGS"]).display_name)
"""
    app, rings = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001", "7a1d3c52-0b6e-4f19-9c44-3e8a51d20002"
    options = ("--native-app", app, "--collection", f"Rings={rings}", "--strict-apps")
    given = ("sandbox", *options, "run") if before else ("sandbox", "run", *options)
    done = run(*given, "--", sys.executable, "-c", program, RINGS=rings)
    assert done.stdout.strip() == f"{app} Rings"


@pytest.mark.parametrize("command", [("sandbox",), ("sandbox", "run", "--", "true")], ids=" ".join)
def test_a_collection_without_a_name_is_refused(command: tuple[str, ...]) -> None:
    done = run(command[0], "--collection", "Rings", *command[1:])
    assert done.returncode == 2
    assert "NAME=ID" in done.stderr


def test_it_says_what_older_clients_need_without_a_word_in_the_output_of_the_command() -> None:
    program = "import os; print(os.environ['GLOBUS_SDK_SERVICE_URL_TRANSFER'])"
    done = run("sandbox", "run", "--", sys.executable, "-c", program)
    assert "[environment default]\n" in done.stderr
    assert f"\ntransfer_service = {done.stdout.strip()}\n" in done.stderr


def run_without(modules: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """The command, where these modules are not installed."""
    program = """
import sys
sys.modules.update(dict.fromkeys(sys.argv.pop(1).split()))
from globus_typed.cli import main
main()
"""
    command = [sys.executable, "-W", "error", "-c", program, modules, *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=120)


SANDBOX_ALONE = "fastapi starlette uvicorn multipart python_multipart jinja2 jose cryptography"
"""The modules that come with the extra ``sandbox`` and not with ``cli``."""


def test_without_its_extra_the_command_says_what_to_install() -> None:
    done = run_without("typer", "--help")
    assert done.returncode == 1
    assert done.stderr.startswith("globus-typed: ")
    assert 'pip install "globus-typed[cli]"' in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("--version",), __version__),
        (("--help",), "Check documents"),
        (("schema", "TransferData"), '"title": "TransferData"'),
        (("validate", "-"), "Nothing wrong in 1 document."),
    ],
)
def test_documents_need_nothing_of_the_sandbox(arguments: tuple[str, ...], shown: str) -> None:
    done = run_without(SANDBOX_ALONE, *arguments, stdin='{"DATA_TYPE": "mkdir", "path": "/a"}')
    assert (done.returncode, done.stderr) == (0, "")
    assert shown in done.stdout


@pytest.mark.parametrize(
    "arguments", [("demo",), ("sandbox",), ("sandbox", "run", "--", "true"), ("openapi",)], ids=" ".join
)
def test_what_needs_the_sandbox_says_what_to_install(arguments: tuple[str, ...]) -> None:
    done = run_without(SANDBOX_ALONE, *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("globus-typed: ")
    assert 'pip install "globus-typed[sandbox]"' in done.stderr
    assert "Traceback" not in done.stderr


def test_without_the_extra_the_sandbox_says_what_to_install() -> None:
    program = """
import sys
sys.modules["uvicorn"] = None
import globus_typed.sandbox
from globus_typed import GlobusOptionalDependencyError
try:
    globus_typed.sandbox.Sandbox
except GlobusOptionalDependencyError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert 'pip install "globus-typed[sandbox]"' in done.stdout, done.stderr
