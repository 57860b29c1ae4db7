"""What programs do wrong with apps: refused when it is done, with the cure in the message. None sends anything."""

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncNativeAppAuthClient,
    AuthorizationParameters,
    ClientApp,
    ConfidentialAppAuthClient,
    GlobusAppConfig,
    GlobusUsageError,
    GlobusWarning,
    JSONTokenStorage,
    LoginRequiredError,
    NativeAppAuthClient,
    StoreDamagedError,
    StoreError,
    StorePermissionError,
    TokenStorageData,
    TransferClient,
    UserApp,
)
from globus_typed.apps.login_flows.pending import start_login

ID = "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001"
TRANSFER = "transfer.api.globus.org"
ALL = "urn:globus:auth:scope:transfer.api.globus.org:all"


NO_PARAMETERS: Any = {"required_scopes": []}
NO_APP: Any = "Lab sync"


def app(**options: Any) -> UserApp:
    given: dict[str, Any] = {"client_id": ID, **options}
    return UserApp("Lab sync", **given)


def robot(**options: Any) -> ClientApp:
    given: dict[str, Any] = {"client_id": ID, "client_secret": "robot-secret", **options}
    return ClientApp("Nightly", **given)


def config(**options: Any) -> GlobusAppConfig:
    return GlobusAppConfig(**options)


def start(redirect_uri: str | None = None, **asked: Any) -> object:
    given: dict[str, Any] = {"required_scopes": ("openid",), **asked}
    parameters = AuthorizationParameters(**given)
    return start_login(NativeAppAuthClient(ID), parameters, redirect_uri=redirect_uri)


def closed() -> UserApp:
    made = app()
    made.close()
    return made


WRONG: list[tuple[str, Callable[[], object], str]] = [
    ("1", lambda: app(login_client=NativeAppAuthClient(ID)), r"only one of the two"),
    ("2", lambda: UserApp("x"), r"client_id: must be given: the id of the registered app"),
    ("3", lambda: app(client_secret="s", config=config(login_flow_manager="local-server")), r'by "command-line"'),
    ("4", lambda: ClientApp("x", client_id=ID), r"one without acts for people: UserApp|UserApp"),
    ("4", lambda: ClientApp("x", login_client=NativeAppAuthClient(ID)), r"ConfidentialAppAuthClient"),
    ("5", lambda: robot(config=config(login_flow_manager="command-line")), r"leave it out"),
    ("6", lambda: UserApp("x", login_client=NativeAppAuthClient(ID, environment="preview")), r"give both the same"),
    ("6", lambda: TransferClient(app=app(), environment="preview"), r"give it to the app alone"),
    ("7", lambda: app(client_id="my app"), r"must be a UUID"),
    ("8", lambda: UserApp("", client_id=ID), r"not empty"),
    ("8", lambda: UserApp("  ", client_id=ID), r"not empty"),
    ("9", lambda: app(scope_requirements={TRANSFER: "a[b"}), r"a bracket is open"),
    ("9", lambda: app().add_scope_requirements({TRANSFER: "a]"}), r"a bracket is closed"),
    ("10", lambda: app(scope_requirements={TRANSFER: "a[b[a]]"}), r"depends on itself: a > b > a"),
    ("11", lambda: app(scope_requirements={f"https://{TRANSFER}/": ALL}), r"such as 'transfer\.api\.globus\.org'"),
    ("12", lambda: app(scope_requirements={"groups.api.globus.org": ALL}), r"give it under its own resource server"),
    ("12", lambda: app(scope_requirements={TRANSFER: "email"}), r"a scope of auth\.globus\.org"),
    ("13", lambda: config(token_storage="jsn"), r"one of json, sqlite, keyring, memory"),
    ("13", lambda: config(login_flow_manager="comand-line"), r"one of auto, command-line"),
    ("13", lambda: config(token_storage=Path("tokens.json")), r"JSONTokenStorage\(path\)"),
    ("30", lambda: robot().login(auth_params=AuthorizationParameters(session_required_mfa=True)), r"by a UserApp"),
    (
        "31",
        lambda: start(session_required_identities=("a@b.example",), session_required_single_domain=("b.example",)),
        r"only one of the two",
    ),
    ("32", lambda: start(prompt="none"), r'must be "login"'),
    ("33", lambda: start("https://lab.example/#code"), r"without a fragment"),
    ("33", lambda: start("http://lab.example/"), r"must be an https URL"),
    ("33", lambda: config(login_redirect_uri="http://lab.example/"), r"must be an https URL"),
    ("36", lambda: TransferClient(app=closed()), r"make a new one"),
    ("36", lambda: closed().login(), r"make a new one"),
    ("38", lambda: robot(config=config(request_refresh_tokens=True)), r"gets tokens by its secret"),
    ("39", lambda: start(session_required_mfa="false"), r"must be True or False"),
    ("", lambda: app(config={"token_storage": "json"}), r"must be a GlobusAppConfig"),
    ("", lambda: app(client_secret=""), r"needs none"),
    ("", lambda: app(scope_requirements="openid"), r"scopes by resource server, such as"),
    ("", lambda: app(client_id=None, login_client="native"), r"must be a NativeAppAuthClient or"),
    ("", lambda: app(client_id=None, login_client=AsyncNativeAppAuthClient(ID)), r"a sync one, which serves async"),
    ("", lambda: app().get_authorizer("groups.api.globus.org"), r"call add_scope_requirements first"),
    ("", lambda: app().login(auth_params=NO_PARAMETERS), r"must be an AuthorizationParameters"),
    ("", lambda: TransferClient(app=NO_APP), r"must be an app, such as UserApp"),
    ("", lambda: TransferClient(app_scopes=ALL), r"give app=… too"),
    ("", lambda: TransferClient(AccessTokenAuthorizer("t"), app=app()), r"brings its own authorizer"),
    ("", lambda: config(interactive="no"), r"True, False or None"),
    ("", lambda: config(request_refresh_tokens="yes"), r"True or False"),
    ("", lambda: config(namespace=""), r"not empty"),
    ("", lambda: config(clock=3), r"such as time\.time"),
    ("", lambda: config(on_insecure="ignore"), r"'repair' or 'refuse'"),
    ("", lambda: config(token_validation_error_handler="login"), r"must be a function"),
]


@pytest.mark.parametrize(("wrong", "cure"), [pytest.param(use, cure, id=f"{n}-{cure}") for n, use, cure in WRONG])
def test_it_is_refused_with_the_cure(
    wrong: Callable[[], object], cure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(GlobusUsageError, match=cure) as caught:
        wrong()
    assert "robot-secret" not in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_batch_job_has_nobody_to_ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """22."""
    monkeypatch.setenv("SLURM_JOB_ID", "4711")
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(LoginRequiredError, match=r"batch job \(SLURM_JOB_ID\).*globus-typed login"):
        app().login()


def test_one_string_of_scopes_is_taken_with_a_warning() -> None:
    """40."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        start()
    with pytest.warns(GlobusWarning, match="is a tuple of strings"):
        start(required_scopes="openid email")


RECORD = {"resource_server": TRANSFER, "scope": ALL, "access_token": "token", "expires_at_seconds": 1795949068}


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("expires_at_seconds", "1795949068"),
        ("expires_at_seconds", 1795949068.5),
        ("expires_at_seconds", True),
        ("access_token", "to ken"),
        ("access_token", "token\n"),
        ("access_token", ""),
        ("refresh_token", "tok\u00e9n"),
    ],
)
def test_no_such_tokens_are_stored(member: str, value: object) -> None:
    """20 and 21."""
    with pytest.raises(ValidationError, match=member):
        TokenStorageData.from_dict({**RECORD, member: value})


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        (None, "is a directory; give the path of a file"),
        ("{", "globus-typed logout --reset"),
        ("", "globus-typed logout --reset"),
        ('{"format_version": "3.0"}', "must be 1.0 or 2.0"),
    ],
)
def test_what_is_no_store_is_not_taken_for_an_empty_one(tmp_path: Path, text: str | None, cure: str) -> None:
    """14, 18 and 19."""
    path = tmp_path / "tokens.json"
    if text is None:
        path.mkdir()
    else:
        path.write_text(text)
        path.chmod(0o600)
    used = app(config=config(token_storage=JSONTokenStorage(path)))
    for use in (used.login_required, lambda: used.login(), lambda: TransferClient(app=used).task_list().all()):
        with pytest.raises(StoreDamagedError, match=cure) as caught:
            use()
        assert str(path) in str(caught.value)


def test_a_store_that_others_can_read_is_refused_where_that_is_wanted(tmp_path: Path) -> None:
    """17."""
    path = tmp_path / "tokens.json"
    path.write_text('{"format_version": "2.0", "data": {}}')
    path.chmod(0o644)
    used = app(config=config(token_storage=JSONTokenStorage(path, on_insecure="refuse")))
    with pytest.raises(StorePermissionError, match=f"chmod 600 {path}"):
        used.login_required()


def test_a_place_that_cannot_be_is_named() -> None:
    """15."""
    store = JSONTokenStorage("/proc/nowhere/tokens.json")
    with pytest.raises(StoreError, match="/proc/nowhere"):
        store.store_token_data_by_resource_server({TRANSFER: TokenStorageData.from_dict(RECORD)})


def test_a_confidential_app_without_a_redirect_uri_says_which() -> None:
    login_client = ConfidentialAppAuthClient(ID, "robot-secret")
    used = UserApp("x", login_client=login_client, config=config(token_storage="memory", interactive=False))
    with pytest.raises(GlobusUsageError, match="login_redirect_uri: a confidential app needs one"):
        used.login()
