"""``globus-typed login``, ``logout``, ``whoami``, ``tokens`` and ``preflight``, as a user runs them."""

import json
import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest

from globus_typed import (
    GlobusAppConfig,
    JSONTokenStorage,
    LoginRequiredError,
    SQLiteTokenStorage,
    TransferClient,
    UserApp,
)
from globus_typed.sandbox import Sandbox

TRANSFER = "urn:globus:auth:scope:transfer.api.globus.org:all"
COMMAND = [sys.executable, "-W", "error", "-m", "globus_typed"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(globus_sandbox: Sandbox, tmp_path: Path) -> Run:
    """Runs a command at a terminal at which somebody pastes the code that they get from the link."""
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("DISPLAY", "CI", "SLURM_JOB_ID")},
        "GLOBUS_TYPED_TOKEN_DIR": str(tmp_path / "apps"),
        "GLOBUS_TYPED_CLIENT_ID": globus_sandbox.native_client_id,
        "GLOBUS_TYPED_APP_NAME": "lab sync",
        "HOME": str(tmp_path),
        "COLUMNS": "200",
    }

    def run(*arguments: str, somebody: bool = False, **more: str) -> "subprocess.CompletedProcess[str]":
        pipe = subprocess.PIPE
        command, settings = [*COMMAND, *arguments], {**environment, **more}
        if not somebody:
            stdin = subprocess.DEVNULL
            return subprocess.run(command, stdin=stdin, capture_output=True, text=True, env=settings, timeout=60)
        keyboard, terminal = pty.openpty()
        said: list[str] = []
        try:
            with subprocess.Popen(
                command, stdin=terminal, stdout=pipe, stderr=pipe, text=True, env=settings, start_new_session=True
            ) as running:
                try:
                    assert running.stderr is not None
                    assert running.stdout is not None
                    for line in running.stderr:
                        said.append(line)
                        if "/v2/oauth2/authorize?" in line:
                            code = httpx.get(line.strip(), headers={"Accept": "text/plain"}).text.strip()
                            os.write(keyboard, f"{code}\n".encode())
                    out = running.stdout.read()
                    return subprocess.CompletedProcess(command, running.wait(timeout=60), out, "".join(said))
                finally:
                    running.kill()
        finally:
            os.close(keyboard)
            os.close(terminal)

    return run


def named_store(directory: Path) -> JSONTokenStorage:
    return JSONTokenStorage(directory / "a b.json", namespace="n")


def database(directory: Path) -> SQLiteTokenStorage:
    return SQLiteTokenStorage(directory / "t.db")


NO_OPTIONS: dict[str, Any] = {}
NO_SCOPES: dict[str, str] = {}


def test_a_login_is_found_by_programs_and_by_the_other_commands(run: Run, globus_sandbox: Sandbox) -> None:
    done = run("login", "--no-local-server", "--refresh-tokens", somebody=True)
    assert done.returncode == 0, done.stderr
    assert f"Logged in as {globus_sandbox.user.username} ({globus_sandbox.user.id})." in done.stdout
    assert "transfer.api.globus.org: renewed by itself" in done.stdout
    again = run("login", "--refresh-tokens")
    assert again.stdout.startswith("Logged in already")

    who = run("whoami")
    assert who.stdout.splitlines()[0] == globus_sandbox.user.username
    assert json.loads(run("whoami", "--format", "json").stdout)["sub"] == globus_sandbox.user.id

    listed = json.loads(run("tokens", "--format", "json").stdout)
    assert {token["resource_server"] for token in listed["tokens"]} == {"auth.globus.org", "transfer.api.globus.org"}
    assert all(token["refreshable"] and not token["expired"] for token in listed["tokens"])
    stored = json.loads(Path(listed["location"]).read_text())["data"]["DEFAULT"]
    shown = run("tokens")
    assert TRANSFER in shown.stdout
    for token in stored.values():
        for secret in (token["access_token"], token["refresh_token"]):
            assert secret not in shown.stdout + shown.stderr + json.dumps(listed)

    out = run("logout")
    assert out.returncode == 0
    assert "Logged out of transfer.api.globus.org." in out.stdout
    assert "no tokens" in run("tokens").stdout
    assert "There were no tokens" in run("logout").stdout
    who = run("whoami")
    assert who.returncode == 4
    assert "Traceback" not in who.stderr


def test_an_error_that_a_login_would_mend_ends_with_the_line_to_paste(run: Run) -> None:
    who = run("whoami", "--namespace", "mine")
    assert who.returncode == 4
    line = shlex.split(who.stderr.splitlines()[-1])
    assert line[:2] == ["globus-typed", "login"]
    done = run(*line[1:], "--no-local-server", somebody=True)
    assert done.returncode == 0, done.stderr
    assert run("whoami", "--namespace", "mine").returncode == 0
    assert run("whoami").returncode == 4


def test_where_there_is_nobody_to_ask_a_login_says_so(run: Run) -> None:
    done = run("login")
    assert done.returncode == 4
    assert "there is nobody to ask" in done.stderr
    assert shlex.split(done.stderr.splitlines()[-1])[:2] == ["globus-typed", "login"]


@pytest.mark.parametrize(
    ("options", "scopes"),
    [
        (NO_OPTIONS, NO_SCOPES),
        ({"request_refresh_tokens": True, "namespace": "two words"}, NO_SCOPES),
        ({"token_storage": "sqlite"}, {"groups.api.globus.org": "urn:globus:auth:scope:groups.api.globus.org:all"}),
        ({"token_storage": named_store}, NO_SCOPES),
        (
            {"token_storage": database},
            {
                "524230d7-ea86-4a52-8312-86065a9e0417": "https://auth.globus.org/scopes/"
                f"524230d7-ea86-4a52-8312-86065a9e0417/timer[{TRANSFER}]",
                "auth.globus.org": "email",
            },
        ),
    ],
)
def test_the_hint_of_a_job_is_a_command_that_helps_it(
    run: Run,
    globus_sandbox: Sandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: dict[str, Any],
    scopes: dict[str, str],
) -> None:
    monkeypatch.setenv("GLOBUS_TYPED_TOKEN_DIR", str(tmp_path / "apps"))
    given: dict[str, Any] = {name: value(tmp_path) if callable(value) else value for name, value in options.items()}
    config = GlobusAppConfig(interactive=False, **given)
    with UserApp(
        "a job's name", client_id=globus_sandbox.native_client_id, scope_requirements=scopes, config=config
    ) as job:
        transfer = TransferClient(app=job)
        with pytest.raises(LoginRequiredError) as caught:
            transfer.task_list().first()
        hint = caught.value.hint
        assert hint is not None
        (command,) = re.findall(r"`(globus-typed .*)`", hint)
        done = run(*shlex.split(command)[1:], "--no-local-server", somebody=True)
        assert done.returncode == 0, done.stderr
        assert not job.login_required()
        transfer.task_list().first()


def test_the_hint_of_a_job_asks_for_the_collections_of_the_job(
    run: Run, globus_sandbox: Sandbox, tmp_path: Path
) -> None:
    archive = globus_sandbox.add_collection("Archive", data_access=True)
    assert run("login", "--no-local-server", "--collection", archive.id, somebody=True).returncode == 0
    assert "ok   data_access" in run("preflight", "--collection", archive.id).stdout
    again = run("login", "--collection", archive.id)
    assert again.returncode == 0, again.stderr


def test_a_store_in_memory_gives_no_command(globus_sandbox: Sandbox) -> None:
    config = GlobusAppConfig(interactive=False, token_storage="memory")
    with UserApp("job", client_id=globus_sandbox.native_client_id, config=config) as job:
        with pytest.raises(LoginRequiredError, match=r"log in by app\.login\(\)") as caught:
            job.login()
        assert "globus-typed" not in str(caught.value)


def test_a_configured_secret_makes_an_app_that_acts_for_itself(run: Run, globus_sandbox: Sandbox) -> None:
    app = {
        "GLOBUS_TYPED_CLIENT_ID": globus_sandbox.client_id,
        "GLOBUS_TYPED_CLIENT_SECRET": globus_sandbox.client_secret,
    }
    done = run("login", "--service", "transfer", "--format", "json", **app)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["username"] == f"{globus_sandbox.client_id}@clients.auth.globus.org"
    assert found["login_ends"]["transfer.api.globus.org"] is None
    assert run("login", "--service", "transfer", "--force", **app).returncode == 0
    assert run("whoami", **app).returncode == 0
    refused = run("login", "--force", **{**app, "GLOBUS_TYPED_CLIENT_SECRET": "not-the-one"})
    assert refused.returncode == 1
    assert "not-the-one" not in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_app_may_stand_in_the_configuration_file(run: Run, globus_sandbox: Sandbox, tmp_path: Path) -> None:
    lines = ["[app]", f"client_id = {globus_sandbox.native_client_id}", "name = lab sync"]
    (tmp_path / ".globus.cfg").write_text("\n".join(lines))
    nothing = {"GLOBUS_TYPED_CLIENT_ID": "", "GLOBUS_TYPED_APP_NAME": ""}
    assert "/lab-sync/" in run("tokens", **nothing).stdout
    (tmp_path / ".globus.cfg").write_text("")
    done = run("tokens", **nothing)
    assert done.returncode == 2
    assert "--client-id" in done.stderr
    done = run("tokens", "--client-id", globus_sandbox.native_client_id, **nothing)
    assert done.returncode == 2
    assert "--app-name" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("login", "--service", "transfers"), "there is no service 'transfers'"),
        (("login", "--service", "gcs"), "Globus Connect Server"),
        (("login", "--client-id", "me"), "must be a UUID"),
        (("tokens", "--token-file", "x", "--token-storage", "keyring"), "keyring"),
        (("preflight", "--until", "tomorrow"), "must be a time such as"),
        (("preflight", "--until", "2090-01-01T00:00"), "must have a time zone"),
        (("preflight", "--collection", "Archive"), "must be ids of collections"),
        (("login", "--sevice", "x"), "No such option"),
    ],
)
def test_wrong_use_ends_with_2(run: Run, arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_store_is_moved_aside_when_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "tokens.json"
    file.write_text("{")
    file.chmod(0o600)
    place = ("--token-file", str(file))
    for command in ("tokens", "whoami", "logout"):
        done = run(command, *place)
        assert done.returncode == 1
        assert "globus-typed logout --reset" in done.stderr
    done = run("logout", "--reset", *place)
    assert done.returncode == 0, done.stderr
    assert f"moved to {file}.damaged" in done.stdout
    assert not file.exists()


def test_logout_may_sweep_all_namespaces(run: Run) -> None:
    for namespace in ("one", "two"):
        assert run("login", "--no-local-server", "--namespace", namespace, somebody=True).returncode == 0
    done = json.loads(run("logout", "--sweep", "--format", "json").stdout)
    assert sorted(done["revoked"]) == ["auth.globus.org"] * 2 + ["transfer.api.globus.org"] * 2
    assert run("whoami", "--namespace", "one").returncode == 4


def test_tokens_are_forgotten_even_if_they_cannot_be_revoked(run: Run) -> None:
    assert run("login", "--no-local-server", somebody=True).returncode == 0
    done = run("logout", GLOBUS_SDK_SERVICE_URL_AUTH="http://127.0.0.1:9/")
    assert done.returncode == 1
    assert "forgotten, but not revoked" in done.stderr
    assert "no tokens" in run("tokens").stdout


def test_preflight_says_what_would_fail(run: Run) -> None:
    done = run("preflight", "--service", "transfer")
    assert done.returncode == 1
    assert "fail stored_tokens transfer.api.globus.org: there are none" in done.stdout
    (command,) = re.findall(r"`globus-typed (.*)`", done.stderr)
    assert run(*shlex.split(command), "--no-local-server", somebody=True).returncode == 0
    soon = (datetime.now(timezone.utc) + timedelta(hours=1)).isoformat()
    assert run("preflight", "--service", "transfer", "--until", soon).returncode == 0
    late = (datetime.now(timezone.utc) + timedelta(days=30)).isoformat()
    report = json.loads(run("preflight", "--until", late, "--format", "json").stdout)
    assert report["ok"] is False
    assert {item["check"] for item in report["items"] if item["verdict"] == "fail"} == {"refresh_token"}


def authorize_url(done: "subprocess.CompletedProcess[str]") -> httpx.URL:
    """The URL at which the user was asked to log in."""
    return httpx.URL(next(line.strip() for line in done.stderr.splitlines() if "/v2/oauth2/authorize?" in line))


def test_a_login_asks_for_what_its_options_say(run: Run, globus_sandbox: Sandbox) -> None:
    policies = [globus_sandbox.add_policy("Fresh"), globus_sandbox.add_policy("Staff")]
    options = ["--mfa", *(f"--policy={policy}" for policy in policies), f"--scope={TRANSFER}"]
    done = run("login", "--no-local-server", *options, somebody=True)
    assert done.returncode == 0, done.stderr
    asked = authorize_url(done).params
    assert asked["session_required_mfa"].lower() == "true"
    assert asked["session_required_policies"].split(",") == policies
    assert TRANSFER in asked["scope"].split()
    user = globus_sandbox.user
    domain = user.username.partition("@")[2]
    for option, name, value in (
        ("--identity", "session_required_identities", user.id),
        ("--domain", "session_required_single_domain", domain),
    ):
        done = run("login", "--no-local-server", option, value, somebody=True)
        assert done.returncode == 0, done.stderr
        assert authorize_url(done).params[name] == value


def test_the_line_to_paste_asks_for_all_that_was_asked_for(run: Run, globus_sandbox: Sandbox) -> None:
    options = ["--mfa", "--policy", globus_sandbox.add_policy("Fresh"), "--identity", globus_sandbox.user.id]
    done = run("login", *options)  # with nobody there
    assert done.returncode == 4
    line = shlex.split(done.stderr.splitlines()[-1])
    assert {*options} <= {*line}
    assert run(*line[1:], "--no-local-server", somebody=True).returncode == 0


def test_an_app_with_a_secret_logs_users_in_where_its_redirect_uri_is_given(run: Run, globus_sandbox: Sandbox) -> None:
    app = {
        "GLOBUS_TYPED_CLIENT_ID": globus_sandbox.client_id,
        "GLOBUS_TYPED_CLIENT_SECRET": globus_sandbox.client_secret,
    }
    redirect_uri = "https://app.example/callback"
    done = run("login", "--no-local-server", "--redirect-uri", redirect_uri, **app)
    assert done.returncode == 4  # a user is to log in, and nobody is there
    assert redirect_uri in shlex.split(done.stderr.splitlines()[-1])
    assert globus_sandbox.client_secret not in done.stderr
    wrong = run("login", "--redirect-uri", "http://app.example/#here", **app)
    assert wrong.returncode == 2
    assert "login_redirect_uri" in wrong.stderr


KEYRING = """
import json, os
from pathlib import Path
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

FILE = Path(os.environ["TEST_KEYRING"])

class Ring(KeyringBackend):
    priority = 1

    def _entries(self):
        return json.loads(FILE.read_text()) if FILE.exists() else {}

    def get_password(self, service, username):
        return self._entries().get(f"{service} {username}")

    def set_password(self, service, username, password):
        FILE.write_text(json.dumps({**self._entries(), f"{service} {username}": password}))

    def delete_password(self, service, username):
        entries = self._entries()
        if entries.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError("none")
        FILE.write_text(json.dumps(entries))
"""


def test_the_tokens_may_lie_in_the_keyring(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ring_of_this_test.py").write_text(KEYRING)
    entries = tmp_path / "entries.json"
    settings = {
        "PYTHON_KEYRING_BACKEND": "ring_of_this_test.Ring",
        "PYTHONPATH": str(tmp_path),
        "TEST_KEYRING": str(entries),
    }
    kept = ("--token-storage", "keyring")
    done = run("login", "--no-local-server", "--service", "transfer", *kept, somebody=True, **settings)
    assert done.returncode == 0, done.stderr
    assert "transfer.api.globus.org" in entries.read_text()
    shown = run("tokens", *kept, **settings)
    assert shown.returncode == 0
    assert "transfer.api.globus.org" in shown.stdout
    assert run("preflight", *kept, **settings).returncode == 0
    assert run("logout", *kept, **settings).returncode == 0
    assert "access_token" not in entries.read_text()
    assert not [*(tmp_path / "apps").rglob("*.json")]
    refused = run("tokens", *kept, "--token-file", str(tmp_path / "t.json"), **settings)
    assert refused.returncode == 2
