"""Where the services are and how to reach them: the environment, then the user's file, then the machine's."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from typing_extensions import TypedDict, Unpack

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncTransferClient,
    AuthClient,
    BasicAuthorizer,
    ConfidentialAppAuthClient,
    GlobusUsageError,
    NativeAppAuthClient,
    NullAuthorizer,
    TransferClient,
    config,
)

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"


class Where(TypedDict, total=False):
    """Arguments that say where a service is."""

    environment: str
    base_url: str


class Files:
    """The two files of configuration, in a directory of the test's own."""

    def __init__(self, directory: Path) -> None:
        self.user = directory / ".globus.cfg"
        self.system = directory / "etc-globus.cfg"


@pytest.fixture(autouse=True)
def files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Files:
    for name in ("ENVIRONMENT", "HTTP_TIMEOUT", "VERIFY_SSL", "SSL_VERIFY"):
        monkeypatch.delenv(f"GLOBUS_SDK_{name}", raising=False)
    for service in ("AUTH", "TRANSFER"):
        monkeypatch.delenv(f"GLOBUS_SDK_SERVICE_URL_{service}", raising=False)
        monkeypatch.delenv(f"GLOBUS_SDK_{service}_TOKEN", raising=False)
    found = Files(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("globus_typed.config.SYSTEM_FILE", found.system)
    return found


def test_without_any_configuration_it_is_the_production_service() -> None:
    tc = TransferClient()
    assert tc.base_url == "https://transfer.api.globus.org/"
    assert AuthClient().base_url == "https://auth.globus.org/"
    assert tc.timeout == 60
    assert tc.authorizer is None
    assert config.verify_ssl() is True


@pytest.mark.parametrize(
    ("environment", "auth", "transfer"),
    [
        ("production", "https://auth.globus.org/", "https://transfer.api.globus.org/"),
        ("default", "https://auth.globus.org/", "https://transfer.api.globus.org/"),
        ("preview", "https://auth.preview.globus.org/", "https://transfer.api.preview.globus.org/"),
        ("beta", "https://auth.beta.globus.org/", "https://transfer.api.beta.globus.org/"),
        *(
            (name, f"https://auth.{name}.globuscs.info/", f"https://transfer.api.{name}.globuscs.info/")
            for name in ("sandbox", "integration", "test", "staging")
        ),
    ],
)
def test_every_environment_has_its_addresses(
    monkeypatch: pytest.MonkeyPatch, environment: str, auth: str, transfer: str
) -> None:
    assert AuthClient(environment=environment).base_url == auth
    assert TransferClient(environment=environment).base_url == transfer
    monkeypatch.setenv("GLOBUS_SDK_ENVIRONMENT", environment)
    assert (AuthClient().base_url, TransferClient().base_url) == (auth, transfer)
    assert TransferClient(environment="production").base_url == "https://transfer.api.globus.org/"


def test_an_environment_that_is_none_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GlobusUsageError, match="environment: 'nowhere' is none of beta, "):
        TransferClient(environment="nowhere")
    monkeypatch.setenv("GLOBUS_SDK_ENVIRONMENT", "nowhere")
    with pytest.raises(GlobusUsageError, match="environment: 'nowhere'"):
        AuthClient()


@pytest.mark.parametrize("url", ["https://me:s3cret@x.example/", "ftp://me:s3cret@x.example/", "https://s3cret@[x"])
def test_an_address_with_a_password_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    with pytest.raises(GlobusUsageError, match=r"^base_url: .* without a user name or password") as caught:
        TransferClient(base_url=url)
    monkeypatch.setenv("GLOBUS_SDK_SERVICE_URL_AUTH", url)
    with pytest.raises(GlobusUsageError, match=r"^GLOBUS_SDK_SERVICE_URL_AUTH: ") as of_environment:
        AuthClient()
    assert "s3cret" not in f"{caught.value} {of_environment.value}"


def test_the_address_of_one_service_can_be_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOBUS_SDK_SERVICE_URL_TRANSFER", "http://127.0.0.1:8080")
    assert TransferClient(environment="beta").base_url == "http://127.0.0.1:8080/"
    assert AuthClient(environment="beta").base_url == "https://auth.beta.globus.org/"
    assert TransferClient(base_url="https://proxy.example/globus").base_url == "https://proxy.example/globus/"


WRONG_URLS = [
    "transfer.example",
    "ftp://x.example/",
    "https://",
    "https:///x",
    "https://x:y/",
    "https://x/?a=b",
    "https://x y/",
    "https://x/\n",
]


@pytest.mark.parametrize("url", WRONG_URLS)
def test_an_address_that_is_none_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, files: Files, url: str) -> None:
    with pytest.raises(GlobusUsageError, match=r"^base_url: "):
        TransferClient(base_url=url)
    monkeypatch.setenv("GLOBUS_SDK_SERVICE_URL_TRANSFER", url)
    with pytest.raises(GlobusUsageError, match=r"^GLOBUS_SDK_SERVICE_URL_TRANSFER: "):
        TransferClient()
    monkeypatch.delenv("GLOBUS_SDK_SERVICE_URL_TRANSFER")
    files.user.write_text("[environment production]\ntransfer_service = nowhere\n")
    with pytest.raises(GlobusUsageError, match=r"^transfer_service: "):
        TransferClient()


@pytest.mark.parametrize(
    ("text", "seconds"), [("2.5", 2.5), ("1e3", 1000.0), ("-1", None), ("-1.0", None), ("", 60.0), (" 7 ", 7.0)]
)
def test_the_timeout_is_in_seconds_and_minus_one_is_none(
    monkeypatch: pytest.MonkeyPatch, text: str, seconds: float | None
) -> None:
    monkeypatch.setenv("GLOBUS_SDK_HTTP_TIMEOUT", text)
    assert TransferClient().timeout == seconds
    assert TransferClient(timeout=5).timeout == 5
    assert TransferClient(timeout=-1).timeout is None


@pytest.mark.parametrize("text", ["0", "-2", "soon", "nan", "inf", "60s"])
def test_a_timeout_that_is_none_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("GLOBUS_SDK_HTTP_TIMEOUT", text)
    with pytest.raises(GlobusUsageError, match=f"^GLOBUS_SDK_HTTP_TIMEOUT: .*'{text}'"):
        TransferClient()


@pytest.mark.parametrize("seconds", [0, -2, float("nan"), float("inf")])
def test_a_timeout_of_a_client_that_is_none_is_refused_by_name(seconds: float) -> None:
    with pytest.raises(GlobusUsageError, match=r"^timeout: "):
        TransferClient(timeout=seconds)
    with pytest.raises(GlobusUsageError, match=r"^timeout: "):
        TransferClient().with_options(timeout=seconds)


@pytest.mark.parametrize("variable", ["GLOBUS_SDK_VERIFY_SSL", "GLOBUS_SDK_SSL_VERIFY"])
def test_certificates_are_checked_as_the_words_say(
    monkeypatch: pytest.MonkeyPatch, variable: str, tmp_path: Path
) -> None:
    answers: list[tuple[str, Any]] = [
        *((word, True) for word in ("1", "y", "yes", "t", "true", "on", "TRUE", "")),
        *((word, False) for word in ("0", "n", "no", "f", "false", "off", "No")),
    ]
    for word, verify in answers:
        monkeypatch.setenv(variable, word)
        assert config.verify_ssl() is verify, word
    authorities = tmp_path / "authorities.pem"
    authorities.touch()
    monkeypatch.setenv(variable, str(authorities))
    assert config.verify_ssl() == str(authorities)
    monkeypatch.setenv(variable, "maybe")
    with pytest.raises(GlobusUsageError, match=f"^{variable}: .*'maybe'"):
        TransferClient()


def test_the_newer_name_of_a_variable_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOBUS_SDK_SSL_VERIFY", "no")
    monkeypatch.setenv("GLOBUS_SDK_VERIFY_SSL", "yes")
    assert config.verify_ssl() is True


def test_the_environment_comes_before_the_users_file_and_that_before_the_machines(
    monkeypatch: pytest.MonkeyPatch, files: Files
) -> None:
    def token() -> Any:
        authorizer = TransferClient().authorizer
        return authorizer and authorizer.header()

    files.system.write_text("[general]\ntransfer_token = machine\n")
    assert token() == "Bearer machine"
    files.user.write_text("[general]\nenvironment = beta\n[cli]\ntransfer_token = of-the-cli\n")
    assert token() == "Bearer machine"
    files.user.write_text("[general]\ntransfer_token = user\n")
    assert token() == "Bearer user"
    monkeypatch.setenv("GLOBUS_SDK_TRANSFER_TOKEN", "environment")
    assert token() == "Bearer environment"
    given = AccessTokenAuthorizer("given")
    assert TransferClient(given).authorizer is given


def test_the_files_name_environments_addresses_and_certificates(monkeypatch: pytest.MonkeyPatch, files: Files) -> None:
    files.user.write_text(
        "[general]\nenvironment = lab\n"
        "[environment lab]\ntransfer_service = https://t.lab.example\nauth_service = https://a.lab.example/\n"
        "ssl_verify = no\n"
    )
    assert TransferClient().base_url == "https://t.lab.example/"
    assert AuthClient().base_url == "https://a.lab.example/"
    assert config.verify_ssl() is False
    assert config.verify_ssl("production") is True
    assert TransferClient(environment="production").base_url == "https://transfer.api.globus.org/"
    monkeypatch.setenv("GLOBUS_SDK_VERIFY_SSL", "yes")
    assert config.verify_ssl() is True


def test_a_file_may_begin_with_a_byte_order_mark(files: Files) -> None:
    for path in (files.user, files.system):
        path.write_text("[general]\nenvironment = preview\n", encoding="utf-8-sig")
        assert config.environment_name() == "preview"
        path.unlink()


def test_a_value_of_the_files_may_hold_a_percent_sign_and_be_no_word(files: Files) -> None:
    files.user.write_text("[general]\ntransfer_token = 100%(x)s\n[environment production]\nssl_verify = maybe\n")
    assert config.access_token("transfer") == "100%(x)s"
    with pytest.raises(GlobusUsageError, match=r"^ssl_verify: .*'maybe'"):
        TransferClient()


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"transfer_token = hush\n", "start the file with \\[general\\]"),
        (b"[general]\nhush\n", "is no readable INI file"),
        (b"[general]\nauth_token = hush\nauth_token = hush\n", "is no readable INI file"),
        (b"[general]\ntransfer_token = \xff hush\n", "is no readable INI file"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_never_quoted(files: Files, content: bytes, hint: str) -> None:
    files.user.write_bytes(content)
    with pytest.raises(GlobusUsageError, match=hint) as caught:
        TransferClient()
    assert str(caught.value).startswith(f"{files.user}: ")
    assert "hush" not in str(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None  # the parser's error quotes the line


def test_a_token_from_the_configuration_is_for_clients_of_the_service_that_have_no_authorizer(
    monkeypatch: pytest.MonkeyPatch, files: Files
) -> None:
    monkeypatch.setenv("GLOBUS_SDK_AUTH_TOKEN", "configured")
    files.user.write_text("[general]\ntransfer_token =\n")
    assert TransferClient().authorizer is None
    authorizer = AuthClient().authorizer
    assert isinstance(authorizer, AccessTokenAuthorizer)
    assert authorizer.header() == "Bearer configured"
    assert isinstance(NativeAppAuthClient(ID).authorizer, NullAuthorizer)
    assert isinstance(ConfidentialAppAuthClient(ID, "secret").authorizer, BasicAuthorizer)


def test_a_machine_may_have_no_home_directories(monkeypatch: pytest.MonkeyPatch, files: Files) -> None:
    files.system.write_text("[general]\ntransfer_token = machine\n")
    monkeypatch.setattr("os.path.expanduser", str)  # as where the user is unknown
    monkeypatch.delenv("HOME")
    assert config.access_token("transfer") == "machine"


def test_no_constructor_asks_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in (httpx.HTTPTransport, httpx.AsyncHTTPTransport):
        monkeypatch.delattr(kind, "__init__")
    TransferClient(AccessTokenAuthorizer("token"))
    ConfidentialAppAuthClient(ID, "secret").oauth2_start_flow("https://app.example/")


def test_a_token_from_the_configuration_goes_to_the_configured_address_alone(
    monkeypatch: pytest.MonkeyPatch, files: Files
) -> None:
    files.user.write_text("[general]\ntransfer_token = configured\n")

    def is_sent(**options: Unpack[Where]) -> bool:
        clients = TransferClient(**options), AsyncTransferClient(**options)
        (sent,) = {client.authorizer is not None for client in clients}
        return sent

    assert is_sent()
    assert is_sent(environment="production")
    assert is_sent(base_url="https://Transfer.api.globus.org:443/v0.10")
    for base_url in (
        "https://elsewhere.example",
        "http://transfer.api.globus.org",
        "https://transfer.api.globus.org:1",
    ):
        assert not is_sent(base_url=base_url)
    assert not is_sent(environment="preview")
    monkeypatch.setenv("GLOBUS_SDK_ENVIRONMENT", "preview")
    assert is_sent()
    assert not is_sent(environment="production")
    monkeypatch.setenv("GLOBUS_SDK_SERVICE_URL_TRANSFER", "http://127.0.0.1:5000/")
    assert is_sent()
    assert is_sent(base_url="http://127.0.0.1:5000")
    assert not is_sent(base_url="https://transfer.api.preview.globus.org/")
    monkeypatch.delenv("GLOBUS_SDK_SERVICE_URL_TRANSFER")
    monkeypatch.setenv("GLOBUS_SDK_ENVIRONMENT", "nowhere")
    assert not is_sent(base_url="https://transfer.api.globus.org/")
