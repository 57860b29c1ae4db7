"""A look at the stored login before a job: it says what would fail, asks nobody, and changes nothing at Globus."""

import json
import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import anyio
import pytest

from globus_typed import (
    ClientApp,
    CommandLineLoginFlowManager,
    GlobusAppConfig,
    GlobusUsageError,
    JSONTokenStorage,
    PreflightError,
    PreflightReport,
    StorePermissionError,
    TokenStorageData,
    TransferClient,
    UserApp,
)
from globus_typed.sandbox import Sandbox

from .conftest import Person

TRANSFER = "urn:globus:auth:scope:transfer.api.globus.org:all"
NOWHERE = "b9b24f27-9b1f-4ca3-8f3c-1f1e0a5b0001"
Apps = Callable[..., UserApp]


def soon(**more: float) -> datetime:
    return datetime.now(timezone.utc) + timedelta(**more)


def verdicts(report: PreflightReport, subject: str) -> dict[str, str]:
    return {item.check: item.verdict for item in report if item.subject == subject}


def logged_in(app: UserApp) -> UserApp:
    app.add_scope_requirements({"transfer.api.globus.org": TRANSFER, "auth.globus.org": "openid profile"})
    app.login()
    return app


def test_a_login_that_lasts_and_suffices(globus_sandbox: Sandbox, make_app: Apps, person: Person) -> None:
    archive = globus_sandbox.add_collection("Archive", data_access=True)
    app = logged_in(make_app(request_refresh_tokens=True))
    app.prepare(archive.id)
    asked = len(person.asked)
    report = app.preflight([archive.id], until=soon(days=60))
    assert report.ok, report
    assert report.hint is None
    assert not report.problems
    report.raise_for_problems()
    assert verdicts(report, archive.id) == dict.fromkeys(("collection", "data_access", "pause_rules"), "ok")
    assert verdicts(report, "transfer.api.globus.org") == dict.fromkeys(
        ("stored_tokens", "scopes", "consents", "access_token", "refresh_token"), "ok"
    )
    assert len(person.asked) == asked
    assert {item.check for item in report} >= {"clock", "store_writable"}


def test_nothing_stored_fails_with_the_login_that_helps(make_app: Apps, person: Person) -> None:
    app = make_app()
    report = app.preflight([NOWHERE], services=["groups"])
    assert not report.ok
    for server in ("auth.globus.org", "groups.api.globus.org", "transfer.api.globus.org"):
        assert verdicts(report, server) == {"stored_tokens": "fail"}
    assert verdicts(report, NOWHERE) == {"collection": "fail"}
    assert report.hint is not None
    assert "--service groups" in report.hint
    assert "--service transfer" in report.hint
    with pytest.raises(
        PreflightError, match=r"groups\.api\.globus\.org: there are none; log in; .*`globus-typed login "
    ):
        report.raise_for_problems()
    assert not person.asked


def test_a_login_without_refresh_tokens_ends(make_app: Apps) -> None:
    app = logged_in(make_app())
    assert app.preflight(until=soon(hours=47)).ok
    report = app.preflight(until=soon(days=3))
    assert verdicts(report, "transfer.api.globus.org")["refresh_token"] == "fail"
    (detail,) = {item.detail for item in report.problems}
    assert "expires before the end" in detail


def test_a_refresh_token_that_is_dead_is_found_out(globus_sandbox: Sandbox, make_app: Apps, person: Person) -> None:
    app = logged_in(make_app(request_refresh_tokens=True))
    before = app.token_storage.get_token_data("transfer.api.globus.org")
    assert before is not None
    assert verdicts(app.preflight(refresh=True), "transfer.api.globus.org")["refresh"] == "ok"
    after = app.token_storage.get_token_data("transfer.api.globus.org")
    assert after is not None
    assert after.access_token != before.access_token
    assert after.refresh_token is not None
    app.login_client.oauth2_revoke_token(after.refresh_token)
    report = app.preflight(until=soon(days=9))
    assert verdicts(report, "transfer.api.globus.org")["stored_tokens"] == "fail"
    report = app.preflight(until=soon(days=9), refresh=True)
    assert verdicts(report, "transfer.api.globus.org")["refresh"] == "fail"
    assert len(person.asked) == 1


def test_an_expired_token_is_renewed_to_look_at_collections_unless_that_is_not_wanted(
    globus_sandbox: Sandbox, make_app: Apps
) -> None:
    ahead = [0.0]
    source = globus_sandbox.add_collection("Source")
    app = logged_in(make_app(request_refresh_tokens=True, clock=lambda: time.time() + ahead[0]))
    ahead[0] = 50 * 3600
    report = app.preflight([source.id], refresh=False)
    assert verdicts(report, source.id) == {"collection": "fail"}
    assert "want of a valid token" in str(report)
    report = app.preflight([source.id])
    assert verdicts(report, "transfer.api.globus.org")["refresh"] == "ok"
    assert verdicts(report, source.id)["collection"] == "ok"


@pytest.mark.parametrize(("ahead", "verdict"), [(0, "ok"), (-100, "warn"), (100, "warn"), (1000, "fail")])
def test_a_clock_that_is_wrong(make_app: Apps, ahead: int, verdict: str) -> None:
    report = make_app(clock=lambda: time.time() + ahead).preflight()
    (clock,) = (item for item in report if item.check == "clock")
    assert clock.verdict == verdict
    if ahead:
        assert re.search(rf"is \d+ seconds {'fast' if ahead > 0 else 'slow'}; set it", clock.detail)


def test_a_missing_consent_fails_and_says_which(globus_sandbox: Sandbox, make_app: Apps) -> None:
    archive = globus_sandbox.add_collection("Archive", data_access=True)
    report = logged_in(make_app()).preflight(archive.id)
    (problem,) = report.problems
    assert problem.check == "data_access"
    assert f"{TRANSFER}[https://auth.globus.org/scopes/{archive.id}/data_access]" in problem.detail


def test_a_declined_scope_warns(globus_sandbox: Sandbox, make_app: Apps, person: Person) -> None:
    archive = globus_sandbox.add_collection("Archive", data_access=True)
    person.declines = True
    app = logged_in(make_app())
    app.prepare(archive.id)
    report = app.preflight()
    assert report.ok
    (problem,) = report.problems
    assert (problem.check, problem.verdict) == ("consents", "warn")


def test_a_login_that_was_revoked_elsewhere_is_missed(globus_sandbox: Sandbox, make_app: Apps) -> None:
    app = logged_in(make_app())
    globus_sandbox.auth.withdraw_consent(globus_sandbox.user, globus_sandbox.native_client_id)
    assert not app.login_required()
    report = app.preflight()
    assert verdicts(report, "transfer.api.globus.org")["stored_tokens"] == "fail"
    assert "revoked" in str(report)


def test_a_consent_that_others_have_more_of_is_missed(make_app: Apps) -> None:
    timers = "524230d7-ea86-4a52-8312-86065a9e0417"
    timer = f"https://auth.globus.org/scopes/{timers}/timer"
    app = make_app()
    app.add_scope_requirements({timers: timer})
    app.login()
    assert verdicts(app.preflight(), timers)["scopes"] == "ok"
    other = make_app()
    other.add_scope_requirements({timers: f"{timer}[{TRANSFER}]"})
    report = other.preflight()
    assert verdicts(report, timers)["consents"] == "fail"
    assert f"{timer}[{TRANSFER}]" in str(report)
    other.login()
    assert verdicts(other.preflight(), timers)["consents"] == "ok"


def test_a_session_that_is_or_will_be_too_old(globus_sandbox: Sandbox, make_app: Apps) -> None:
    archive = globus_sandbox.add_collection("Archive")
    archive.authentication_timeout_mins = 60
    ahead = [0.0]
    app = logged_in(make_app(request_refresh_tokens=True, clock=lambda: time.time() + ahead[0]))
    assert verdicts(app.preflight(archive.id, until=soon(minutes=50)), archive.id)["session_age"] == "ok"
    report = app.preflight(archive.id, until=soon(minutes=90))
    assert verdicts(report, archive.id)["session_age"] == "warn"
    assert "too old from" in str(report)
    ahead[0] = 3700
    report = app.preflight(archive.id)
    assert verdicts(report, archive.id)["session_age"] == "fail"


def test_the_age_of_a_session_is_not_known_without_the_scope_profile(globus_sandbox: Sandbox, make_app: Apps) -> None:
    archive = globus_sandbox.add_collection("Archive")
    archive.authentication_timeout_mins = 60
    app = make_app()
    app.add_scope_requirements({"transfer.api.globus.org": TRANSFER})
    app.login()
    stored = app.token_storage.get_token_data("auth.globus.org")
    assert stored is not None
    # As a program stores it whose logins ask for no profile.
    scant = {**stored.to_dict(), "scope": "openid", "access_token": globus_sandbox.access_token("openid")}
    app.token_storage.store_token_data_by_resource_server({"auth.globus.org": TokenStorageData.from_dict(scant)})
    (problem,) = [each for each in app.preflight(archive.id).problems if each.check == "session_age"]
    assert problem.verdict == "warn"
    assert "profile" in problem.detail


def test_a_collection_that_is_not_there_or_not_connected_or_paused(globus_sandbox: Sandbox, make_app: Apps) -> None:
    app = logged_in(make_app())
    source, laptop = globus_sandbox.add_collection("Source"), globus_sandbox.add_collection("Laptop", personal=True)
    laptop.setup_key = "not-yet-set-up"
    with TransferClient(app=app) as client:
        client.endpoint_manager_create_pause_rule(
            {"endpoint_id": source.id, "message": "New disks until Friday", "pause_ls": True}
        )
    report = app.preflight([NOWHERE, laptop.id, source.id])
    assert verdicts(report, NOWHERE) == {"collection": "fail"}
    assert verdicts(report, laptop.id)["collection"] == "fail"
    assert "Laptop is not connected" in str(report)
    assert verdicts(report, source.id)["pause_rules"] == "warn"
    assert "New disks until Friday" in str(report)


def test_a_store_that_cannot_be_written_or_read(
    make_app: Apps, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    app = logged_in(make_app())
    location = app.token_storage.location

    def refuse(storage: JSONTokenStorage) -> None:
        raise StorePermissionError(f"{storage.location}: read-only")

    with monkeypatch.context() as patch:
        patch.setattr(JSONTokenStorage, "check_writable", refuse)
        report = app.preflight()
    assert report.ok
    assert verdicts(report, location) == {"store_writable": "warn"}
    Path(location).write_text("{")
    report = app.preflight()
    assert verdicts(report, location) == {"store": "fail"}


def test_tokens_in_memory_do_not_travel(make_app: Apps) -> None:
    app = logged_in(make_app(token_storage="memory"))
    (problem,) = app.preflight().problems
    assert (problem.check, problem.verdict) == ("store_writable", "warn")


def test_what_is_asked_for_must_make_sense(make_app: Apps) -> None:
    app = make_app()
    with pytest.raises(GlobusUsageError, match="must have a time zone"):
        app.preflight(until=datetime(2090, 1, 1))
    with pytest.raises(GlobusUsageError, match="is in the past"):
        app.preflight(until=soon(days=-1))
    with pytest.raises(GlobusUsageError, match="services: there is no service 'transfers'"):
        app.preflight(services=["transfers"])
    with pytest.raises(GlobusUsageError, match="Globus Connect Server has no resource server"):
        app.preflight(services="gcs")
    with pytest.raises(GlobusUsageError, match="collections: must be ids"):
        app.preflight(["Archive"])


def test_the_report_is_json_too(make_app: Apps) -> None:
    until = datetime(2090, 12, 5, 8, tzinfo=timezone.utc)
    report = json.loads(json.dumps(make_app().preflight(until=until).to_dict()))
    assert report["until"] == "2090-12-05T08:00:00+00:00"
    assert report["ok"] is False
    assert {*report["items"][0]} == {"check", "subject", "verdict", "detail"}


def test_no_token_is_in_a_report(make_app: Apps) -> None:
    app = logged_in(make_app(request_refresh_tokens=True))
    report = app.preflight(until=soon(days=9))
    shown = f"{report}{report!r}{report.to_dict()}"
    for token in app.token_storage.get_token_data_by_resource_server().values():
        assert token.access_token not in shown
        assert str(token.refresh_token) not in shown


def test_an_app_that_acts_for_itself_needs_nothing_stored(globus_sandbox: Sandbox) -> None:
    archive = globus_sandbox.add_collection("Archive", owner=globus_sandbox.app_identity, data_access=True)
    config = GlobusAppConfig(token_storage="memory")
    with ClientApp(
        "nightly", client_id=globus_sandbox.client_id, client_secret=globus_sandbox.client_secret, config=config
    ) as app:
        app.add_scope_requirements({"transfer.api.globus.org": TRANSFER})
        report = app.preflight(archive.id, until=soon(days=90))
        assert verdicts(report, "transfer.api.globus.org")["stored_tokens"] == "ok"
        assert verdicts(report, archive.id)["data_access"] == "fail"
        app.prepare(archive.id)
        assert app.preflight(archive.id, until=soon(days=90)).ok


def test_the_form_for_a_running_loop(globus_sandbox: Sandbox, make_app: Apps) -> None:
    app = logged_in(make_app())
    source = globus_sandbox.add_collection("Source")

    async def main() -> None:
        assert (await app.preflight_async([source.id], until=soon(hours=1))).ok

    anyio.run(main)


def test_who_it_is(globus_sandbox: Sandbox, make_app: Apps) -> None:
    assert logged_in(make_app()).userinfo().preferred_username == globus_sandbox.user.username


def test_nobody_is_asked_where_all_is_missing(globus_sandbox: Sandbox, tmp_path: Path) -> None:
    def nobody(url: str) -> str:
        raise AssertionError("asked")

    config = GlobusAppConfig(
        token_storage=JSONTokenStorage(tmp_path / "t.json"), login_flow_manager=CommandLineLoginFlowManager(ask=nobody)
    )
    with UserApp("job", client_id=globus_sandbox.native_client_id, config=config) as app:
        app.preflight([NOWHERE], services=["groups", "search"], refresh=True)
