"""globus-cli, as its users have it, in an environment of its own: it logs in on the sandbox, and its commands run."""

import fcntl
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from globus_typed.sandbox import Sandbox
from globus_typed.sandbox.groups.store.group import Membership
from globus_typed.sandbox.played import played_services

pytestmark = pytest.mark.once

VERSION = "3.44.0"
PROGRAM = """
import json, sys
from click.testing import CliRunner
from globus_cli import main
for line in sys.stdin:
    done = CliRunner().invoke(main, json.loads(line))
    print(json.dumps([done.exit_code, done.output]), flush=True)
"""
"""Runs one command a line by the CLI's own means: a process for each would take most of the time."""
UNREACHABLE = re.compile(r"Failed to establish a new connection|NameResolutionError|timed out|ProxyError|unreachable")


@pytest.fixture(scope="session")
def python(pytestconfig: pytest.Config) -> Path:
    """The Python of an environment with globus-cli, which is made once and kept in pytest's cache."""
    home = pytestconfig.cache.mkdir(f"globus-cli-{VERSION}-{sys.version_info[0]}.{sys.version_info[1]}")
    found = home / "bin" / "python"
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of several workers one makes it
        if not (home / "installed").exists():
            _install(home)
            (home / "installed").touch()
    return found


def _install(home: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", home], check=True, capture_output=True)
    install = ["-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "1", f"globus-cli=={VERSION}"]
    installed = subprocess.run([home / "bin" / "python", *install], capture_output=True, text=True)
    if installed.returncode:
        unreachable = UNREACHABLE.search(installed.stderr)
        if unreachable is None or os.environ.get("GLOBUS_TYPED_CLI") == "required":
            pytest.fail(f"globus-cli cannot be installed: {installed.stderr}")
        pytest.skip(f"globus-cli cannot be installed, since no package index can be reached: {unreachable[0]}")


@dataclass
class CommandLine:
    """The command ``globus`` of a user who has a home of their own, in a world of names for ids."""

    python: Path
    sandbox: Sandbox
    environment: dict[str, str]
    process: "subprocess.Popen[str]"
    names: dict[str, str] = field(default_factory=dict[str, str])

    def run(self, command: str) -> tuple[int, str]:
        """The exit status and the output of a command, with ``{name}`` for the ids that are known by name."""
        words = [word.format_map(self.names) for word in command.split()]
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        status, output = json.loads(line)
        return status, output

    def shows(self, command: str) -> str:
        """The output of a command that succeeds."""
        status, output = self.run(command)
        assert status == 0, f"globus {command}: {output}"
        return output

    def log_in(self, *command: str, username: str | None = None) -> str:
        """The output of a command that asks for a login and for its code, which a person gives it by hand."""
        globus = subprocess.Popen(
            [self.python.parent / "globus", *command, "--no-local-server"],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        with globus:
            assert globus.stdin is not None
            assert globus.stdout is not None
            seen = ""
            for line in globus.stdout:
                seen += line
                if line.startswith(f"{self.sandbox.url}/v2/oauth2/authorize?"):
                    globus.stdin.write(f"{_code(line.strip())}\n")
                    globus.stdin.flush()
        assert globus.returncode == 0, seen
        return seen


def _code(url: str) -> str:
    response = httpx.get(url, headers={"Accept": "text/plain"})
    assert response.status_code == 200, response.text
    return response.text


@pytest.fixture
def gate() -> threading.Event:
    """What the mover waits for before it moves on: it is open, until it is cleared."""
    gate = threading.Event()
    gate.set()
    return gate


@pytest.fixture
def globus(python: Path, gate: threading.Event, tmp_path: Path) -> Iterator[CommandLine]:
    """The command, logged in by ``globus login``."""

    def pace(size: int) -> None:
        gate.wait(30)

    with Sandbox(pace=pace) as sandbox:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GLOBUS_", "SSH_"))}
        environment = {**kept, **sandbox.environment, "HOME": str(tmp_path)}
        names = {
            "source": sandbox.source.id,
            "laptop": sandbox.add_collection("Laptop Store", personal=True).id,
            "destination": sandbox.destination.id,
            "subscription": sandbox.subscription_id,
            "initiator": sandbox.initiator.id,
            "listener": sandbox.listener.id,
            "lark": sandbox.add_user("lark@sandbox.example").id,
        }
        with subprocess.Popen(
            [python, "-c", PROGRAM], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            command_line = CommandLine(python, sandbox, environment, process, names)
            command_line.log_in("login")
            yield command_line
            gate.set()
            assert process.stdin is not None
            process.stdin.close()


COMMANDS = """
whoami -> wren@sandbox.example
whoami --linked-identities -> wren@sandbox.example
get-identities wren@sandbox.example {lark} -> lark@sandbox.example
get-identities -F json wren@sandbox.example -> "email": "wren@sandbox.example"
session show -> wren@sandbox.example
cli-profile-list -> None
api auth get /v2/oauth2/userinfo -> "preferred_username":"wren@sandbox.example"
api auth get /v2/api/identities -Q ids={lark} -> lark@sandbox.example
api transfer get /v0.10/endpoint/{source} -> Sandbox Source
api transfer head /endpoint/{source} ->
api transfer get /task_list -Q limit=2 -> "DATA_TYPE":"task_list"
api transfer get /endpoint/00000000-0000-0000-0000-000000000000 --allow-errors -> EndpointNotFound

endpoint search Sandbox -> Sandbox Destination
endpoint search --filter-scope my-endpoints -> Sandbox Source
endpoint search --filter-owner-id wren@sandbox.example Source -> Sandbox Source
endpoint show {laptop} -> Laptop Store
endpoint show -F json {laptop} -> "display_name": "Laptop Store"
endpoint update {laptop} --description Ringing --keywords birds,rings -> updated
endpoint show {laptop} -> Ringing
endpoint my-shared-endpoint-list {source} -> Display Name
endpoint role list {source} -> administrator
role:id = endpoint role create {source} --identity lark@sandbox.example --role access_manager
endpoint role show {source} {role} -> access_manager
endpoint role delete {source} {role} -> deleted

ls {source} -> welcome.txt
ls {source}:/~/ -l -> welcome.txt
ls -a {source}:/~/ -> welcome.txt
ls -r {source}:/~/ -> project1/data/b.csv
ls {source}:/~/ --filter ~*.txt -> welcome.txt
ls -r {source}:/~/ --filter =b.csv -> project1/data/b.csv
ls {source}:/~/ --orderby size:DESC -> project1/
ls -F json {source}:~/ -> "name": "welcome.txt"
ls -F unix {source}:/~/ -> welcome.txt
stat {source}:/~/welcome.txt -> file
mkdir {destination}:/~/made -> created
mkdir {destination}:~/tilde -> created
rename {destination} /~/made /~/renamed -> renamed
stat {destination}:/~/renamed -> dir

submission:value = task generate-submission-id
copy:task_id = transfer {source}:/~/ {destination}:/~/copy --recursive --label nightly --submission-id {submission}
task wait {copy} --polling-interval 1 --timeout 20 ->
task show {copy} -> SUCCEEDED
task show -F json {copy} -> "label": "nightly"
task show {copy} --successful-transfers -> welcome.txt
task show {copy} --skipped-errors -> Error Code
task event-list {copy} -> SUCCEEDED
task event-list {copy} --filter-errors -> Is Error
task event-list {copy} --filter-non-errors -> SUCCEEDED
task list -> nightly
task list --filter-status SUCCEEDED --limit 5 -> nightly
task list --filter-label nightly --exact -> {copy}
task list --filter-label night* -> {copy}
task list --filter-task-id {copy} -> {copy}
task list --filter-type TRANSFER --filter-requested-after 2020-01-01 -> {copy}
task pause-info {copy} -> not paused
task cancel {copy} -> completed before
transfer {source}:/~/ {destination}:/~/copy --recursive --sync-level checksum --dry-run -> /~/copy
again:task_id = transfer {source}:/~/ {destination}:/~/copy -r --sync-level checksum --notify off --encrypt
task wait {again} --polling-interval 1 ->
others:task_id = transfer {source}:/~/ {destination}:/~/copy -r --preserve-mtime --exclude *.log --skip-source-errors
task wait {others} --polling-interval 1 ->
mirror:task_id = transfer {source}:/~/ {destination}:/~/copy -r --delete-destination-extra --deadline 2099-01-01
task wait {mirror} --polling-interval 1 ->
delete {destination}:/~/copy --recursive --dry-run -> /~/copy
gone:task_id = delete {destination}:/~/copy --recursive --ignore-missing --label gone
task wait {gone} --polling-interval 1 -H ->
rm {destination}:/~/renamed --recursive --polling-interval 1 -> submitted
rm {destination}:/~/nothing --ignore-missing --polling-interval 1 -> submitted

bookmark:id = bookmark create {source}:/~/ home
bookmark list -> home
bookmark show home -> {source}:/~/
bookmark show {bookmark} -> {source}:/~/
bookmark rename home nest -> Success
bookmark delete nest -> deleted

guest:id = gcp create guest Guest {laptop}:/~/ --description Shared
gcp update guest {guest} --display-name Guests --keywords a,b -> updated
endpoint show {guest} -> Guests
endpoint my-shared-endpoint-list {laptop} -> Guests
rule:access_id = endpoint permission create {guest}:/ --permissions r --identity lark@sandbox.example
endpoint permission show {guest} {rule} -> lark@sandbox.example
endpoint permission update {guest} {rule} --permissions rw -> updated
endpoint permission list {guest} -> {rule}
endpoint permission create {guest}:/ --permissions r --all-authenticated -> created
endpoint permission create {guest}:/new/ --permissions r --provision-identity heron@sandbox.example -> created
endpoint permission create {guest}:/open/ --permissions r --anonymous -> created
endpoint permission delete {guest} {rule} -> deleted
endpoint delete {guest} -> deleted
mapped:id = gcp create mapped Laptop --description Mine --private
gcp update mapped {mapped} --display-name Notebook --public -> updated
gcp set-subscription-id {mapped} {subscription} -> updated
gcp set-subscription-admin-verified {mapped} true -> updated
gcp set-subscription-id {mapped} null -> updated
endpoint set-subscription-id {mapped} {subscription} -> updated
endpoint delete {mapped} -> deleted

streams access-point show {initiator} -> Sandbox Stream Out
tunnel:data.id = streams tunnel create {initiator} {listener} --label brook --lifetime-minutes 10
streams tunnel list -> brook
streams tunnel show {tunnel} -> brook
streams tunnel update {tunnel} --label stream -> stream
streams tunnel events {tunnel} -> Details
streams tunnel stop {tunnel} -> STOP
streams tunnel delete {tunnel} -> deleted
"""
"""Commands that need Auth and Transfer alone: after ``->`` the text that is shown; before ``=`` the name for what is at
that place of the response."""


GROUP_COMMANDS = """
group:id = group create Waders --description Counters
child:id = group create Gulls --parent-id {group}
group list -> Waders
group show {group} -> Counters
group update {group} --description Ringers --terms-and-conditions Kind -> updated
group show {group} -> Ringers
group set-policies {group} --join-requests --visibility authenticated --signup-fields zip -> updated
group delete {child} -> deleted
group member add {group} lark@sandbox.example --role manager -> lark@sandbox.example
group member list {group} -> lark@sandbox.example
group member list {group} --fields zip -> lark@sandbox.example
group member remove {group} lark@sandbox.example -> lark@sandbox.example
group member invite {group} heron@sandbox.example --provision-identity -> heron@sandbox.example
group member approve {requested} lark@sandbox.example -> lark@sandbox.example
group member reject {requested} robin@sandbox.example -> robin@sandbox.example
group invite accept {invited} -> Accepted
group leave {invited} -> Left
group invite decline {again} -> Declined
group join {joinable} --request -> wren@sandbox.example
group get-by-subscription {subscription} -> {subscription_group}
group get-subscription-info {subscription} -> {subscription_group}
group set-subscription-admin-verified {group} {subscription} -> updated
group update {group} --subscription-admin-verified-id null -> updated
endpoint role create {source} --group {group} --role activity_monitor -> ID
share:id = gcp create guest Guest {source}:/~/
endpoint permission create {share}:/ --permissions r --group {group} -> created
endpoint permission list {share} -> {group}
group delete {group} -> deleted
"""
"""Commands about groups; `requested`, `invited`, `again` and `joinable` are there before."""


def test_its_commands_do_what_they_say(globus: CommandLine) -> None:
    assert not problems_of(globus, COMMANDS)


def test_its_commands_about_groups_do_what_they_say(globus: CommandLine) -> None:
    sandbox = globus.sandbox
    lark, robin = sandbox.auth.directory.user(globus.names["lark"]), sandbox.add_user("robin@sandbox.example")
    groups = {
        "requested": sandbox.add_group("Requested", join_requests=True),
        "invited": sandbox.add_group("Invited", admins=[lark]),
        "again": sandbox.add_group("Invited again", admins=[lark]),
        "joinable": sandbox.add_group("Joinable", admins=[lark], visibility="authenticated", join_requests=True),
    }
    globus.names |= {name: group.id for name, group in groups.items()}
    subscribers = sandbox.groups.of_subscription(sandbox.subscription_id)
    assert subscribers is not None
    globus.names["subscription_group"] = subscribers.id
    now = sandbox.clock()
    for user in (lark, robin):
        groups["requested"].memberships[user.id] = Membership(user.id, "member", "pending", now)
    for name in ("invited", "again"):
        groups[name].memberships[sandbox.user.id] = Membership(sandbox.user.id, "member", "invited", now)
    assert not problems_of(globus, GROUP_COMMANDS)


def problems_of(globus: CommandLine, commands: str) -> str:
    """The commands that fail, or do not show what they should, each on a line."""
    problems: list[str] = []
    for line in filter(None, commands.splitlines()):
        keep, _, command = line.rpartition(" = ")
        name, _, member = keep.partition(":")
        command, _, text = command.partition(" ->")
        if member:
            command = f"{command} --jq {member} -F unix"
        try:
            shown = globus.shows(command)
        except (AssertionError, KeyError) as error:
            problems.append(str(error))
            continue
        if name:
            globus.names[name] = shown.strip()
        if text.strip().format_map(globus.names) not in shown:
            problems.append(f"globus {command}: {text.strip()!r} is not in {shown!r}")
    return "\n".join(problems)


def test_a_task_under_way_is_changed_and_canceled(globus: CommandLine, gate: threading.Event) -> None:
    gate.clear()
    command = "transfer {source}:/~/ {destination}:/~/copy --recursive --label slow --jq task_id -F unix"
    globus.names["task"] = globus.shows(command).strip()
    assert "Success" in globus.shows("task update {task} --label late --deadline 2099-01-01")
    assert "late" in globus.shows("task list --filter-status ACTIVE")
    assert "ACTIVE" in globus.shows("task show {task}")
    status, _ = globus.run("task wait {task} --timeout 1 --polling-interval 1 --timeout-exit-code 50")
    assert status == 50
    task = globus.sandbox.transfer.task(globus.sandbox.user, globus.names["task"])

    def open_when_canceled() -> None:
        task.cancel_requested.wait(30)
        gate.set()

    opening = threading.Thread(target=open_when_canceled)
    opening.start()
    assert "canceled successfully" in globus.shows("task cancel --all")
    opening.join()
    assert "FAILED" in globus.shows("task show {task}")


def test_further_logins_and_the_end_of_them(globus: CommandLine) -> None:
    assert "already logged in" in globus.shows("login")
    assert "success" in globus.log_in("session", "update", "wren@sandbox.example")
    scope = "urn:globus:auth:scope:transfer.api.globus.org:all"
    assert "success" in globus.log_in("session", "consent", scope)
    instance = re.compile(r"client_id=([0-9a-f-]{36})")
    before = instance.findall(globus.log_in("login", "--force"))
    assert "logged out" in globus.shows("logout --yes --delete-client")
    assert globus.run("whoami")[0] == 4
    assert globus.sandbox.auth.directory.app(before[0]) is None


def test_an_app_needs_no_login(globus: CommandLine) -> None:
    sandbox = globus.sandbox
    app = {"GLOBUS_CLI_CLIENT_ID": sandbox.client_id, "GLOBUS_CLI_CLIENT_SECRET": sandbox.client_secret}
    for command, text in (("whoami", sandbox.client_id), ("endpoint search --filter-scope my-endpoints", "Sandbox")):
        done = subprocess.run(
            [globus.python.parent / "globus", *command.split()],
            env={**globus.environment, **app},
            capture_output=True,
            text=True,
        )
        assert text in done.stdout, done.stderr


def test_it_is_told_which_services_are_not_played(globus: CommandLine) -> None:
    """A service that is played from now on is no part of this any more."""
    played = {each.service.title for each in played_services()}
    commands = {
        "Globus Groups": "group list",
        "Globus Search": "search index list",
        "Globus Flows": "flows list",
        "Globus Timers": "timer list",
    }
    for title in commands.keys() - played:
        status, output = globus.run(commands[title])
        assert status == 1
        assert "501" in output
        assert f"The sandbox does not play {title}" in output
