"""Logging in with a real browser: headless Chromium, driven as a person would use it."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from selenium.common import WebDriverException
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from globus_typed import (
    AccessTokenAuthorizer,
    AuthClient,
    ConfidentialAppAuthClient,
    NativeAppAuthClient,
    TransferClient,
)
from globus_typed.apps.errors import LoginDeniedError
from globus_typed.apps.login_flows.local_server import LocalServerLoginFlowManager
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.sandbox import Sandbox

pytestmark = pytest.mark.once

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NARROW = 360


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One browser for all tests here: each has a sandbox of its own, which knows nobody of the ones before."""
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if binary is None or driver is None:
        missing = "there is no browser here: Debian's packages chromium and chromium-driver have one"
        if os.environ.get("GLOBUS_TYPED_BROWSER") == "required":
            pytest.fail(missing)
        pytest.skip(missing)
    options = ChromeOptions()
    options.binary_location = binary
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with pytest.MonkeyPatch.context() as patch:
        # The driver is on this machine, and is used as it is: neither is a proxy asked nor another one fetched.
        patch.setenv("NO_PROXY", "localhost,127.0.0.1")
        patch.setenv("no_proxy", "localhost,127.0.0.1")
        patch.setenv("SE_OFFLINE", "true")
        with Chrome(options, ChromeService(driver)) as chrome:
            yield chrome


class Person:
    """Somebody before the browser, who sees buttons and fields by their labels."""

    def __init__(self, chrome: Chrome) -> None:
        self._chrome = chrome
        self._inside: Any = chrome  # what Selenium leaves untyped

    def open(self, url: str) -> None:
        self._chrome.get(url)
        self.look()

    def open_tab(self, url: str) -> str:
        """Open the address in a tab of its own, to be looked at next; gives the tab that was looked at before."""
        before = self._chrome.current_window_handle
        self._chrome.switch_to.new_window("tab")
        self.open(url)
        return before

    def close_tab(self, then: str) -> None:
        """Close the tab that is looked at, and look at another."""
        self._chrome.close()
        self._chrome.switch_to.window(then)

    def press(self, label: str) -> None:
        """Press the button with this label; returns when the next page is there."""
        (button,) = (button for button in self.all("button") if label in button.text.splitlines())
        self._leave(button.click)

    def type(self, text: str) -> None:
        """Type into the one field, and press Enter; returns when the next page is there."""
        field = self.field("Username")
        field.clear()
        self._leave(lambda: field.send_keys(text, Keys.ENTER))

    def field(self, label: str) -> WebElement:
        (field,) = (field for field in self.all("input:not([type=hidden])") if field.accessible_name == label)
        return field

    def value(self, label: str) -> str:
        """What stands in the field with this label."""
        return self.field(label).get_attribute("value") or ""

    def all(self, selector: str) -> list[WebElement]:
        return self._chrome.find_elements(By.CSS_SELECTOR, selector)

    @property
    def heading(self) -> str:
        return self._chrome.find_element(By.TAG_NAME, "h1").text

    @property
    def text(self) -> str:
        return self._chrome.find_element(By.TAG_NAME, "main").text

    @property
    def address(self) -> str:
        return self._chrome.current_url

    def look(self) -> None:
        """What holds for every page: nothing is wider than a narrow window, and the browser complains of nothing."""
        size = {"width": NARROW, "height": 800, "deviceScaleFactor": 1, "mobile": True}
        self._inside.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        assert self._inside.execute_script("return document.documentElement.scrollWidth") == NARROW
        for field in self.all("input:not([type=hidden])"):
            assert field.accessible_name
            assert self._inside.execute_script("return arguments[0].scrollWidth <= arguments[0].clientWidth", field)
        self._inside.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        # Beside what it cannot do, the log has the status of each page that is an error.
        assert [entry for entry in self._inside.get_log("browser") if entry["source"] != "network"] == []

    def _leave(self, act: Callable[[], None]) -> None:
        self._inside.execute_script("window.before = true")
        act()
        # Between two pages the driver may fail in any way.
        wait = WebDriverWait(self._chrome, 30, poll_frequency=0.05, ignored_exceptions=[WebDriverException])
        wait.until(lambda _: self._inside.execute_script("return !window.before && document.readyState == 'complete'"))
        self.look()


@pytest.fixture
def person(chromium: Chrome) -> Person:
    return Person(chromium)


def test_a_native_app_gets_the_code_that_is_shown(globus_sandbox: Sandbox, person: Person) -> None:
    with NativeAppAuthClient(globus_sandbox.native_client_id) as app:
        person.open(app.oauth2_start_flow(refresh_tokens=True, prefill_named_grant="laptop").get_authorize_url())
        assert person.heading == "Log in"
        person.press("Wren Sandbox")
        assert "You are logged in as wren@sandbox.example" in person.text
        assert "urn:globus:auth:scope:transfer.api.globus.org:all" in person.text
        assert "laptop" in person.text
        person.press("Allow")
        assert person.field("Authorization code").get_attribute("readonly") == "true"
        tokens = app.oauth2_exchange_code_for_tokens(person.value("Authorization code"))
    token = tokens.by_resource_server["transfer.api.globus.org"]
    assert token.refresh_token
    with TransferClient(AccessTokenAuthorizer(token.access_token)) as tc:
        names = {endpoint.display_name for endpoint in tc.endpoint_search(filter_scope="my-endpoints")}
    assert names == {"Sandbox Destination", "Sandbox Source"}


def test_denying_is_told_and_gives_no_code(globus_sandbox: Sandbox, person: Person) -> None:
    with NativeAppAuthClient(globus_sandbox.native_client_id) as app:
        person.open(app.oauth2_start_flow().get_authorize_url())
    person.press("Wren Sandbox")
    person.press("Deny")
    assert person.heading == "Access denied"
    assert person.all("input") == []
    assert "code=" not in urlsplit(person.address).query
    assert globus_sandbox.auth.consents.of_user(globus_sandbox.user.id) == []


def test_a_new_user_is_typed(globus_sandbox: Sandbox, person: Person) -> None:
    with NativeAppAuthClient(globus_sandbox.native_client_id) as app:
        person.open(app.oauth2_start_flow("openid profile email").get_authorize_url())
        person.type("kim")
        assert "A username has the form name@domain" in person.text
        person.type("kim@larkspur.example")
        assert "You are logged in as kim@larkspur.example" in person.text
        person.press("Allow")
        code = person.value("Authorization code")
        token = app.oauth2_exchange_code_for_tokens(code).by_resource_server["auth.globus.org"]
    with AuthClient(authorizer=AccessTokenAuthorizer(token.access_token)) as auth:
        assert auth.oauth2_userinfo().preferred_username == "kim@larkspur.example"


class WebApp(BaseHTTPRequestHandler):
    """Any web app: it only says hello to who comes back from the login."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b'<!DOCTYPE html><title>App</title><link rel="icon" href="data:,">')
        self.wfile.write(b'<meta name="viewport" content="width=device-width"><main><h1>Hello</h1></main>')

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def web_app() -> Iterator[str]:
    """The address of a web app's login."""
    with HTTPServer(("127.0.0.1", 0), WebApp) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/login"
        server.shutdown()
        thread.join()


def test_a_web_app_gets_the_answer_at_its_address(globus_sandbox: Sandbox, person: Person, web_app: str) -> None:
    registered = globus_sandbox.add_app("Larkspur portal", redirect_uris=[web_app])
    assert registered.secret is not None
    with ConfidentialAppAuthClient(registered.client_id, registered.secret) as app:
        flow = app.oauth2_start_flow(web_app, state="first & only")
        person.open(flow.get_authorize_url())
        person.press("Wren Sandbox")
        assert person.heading == "Give Larkspur portal access?"
        person.press("Deny")
        assert person.heading == "Hello"
        assert parse_qs(urlsplit(person.address).query)["error"] == ["access_denied"]
        person.open(flow.get_authorize_url())
        person.press("Allow")
        assert person.heading == "Hello"
        assert person.address.startswith(f"{web_app}?")
        # The whole address, whose state is compared.
        tokens = app.oauth2_exchange_code_for_tokens(person.address)
        claims = app.oauth2_token_introspect(tokens.by_resource_server["auth.globus.org"].access_token)
    assert claims.username == "wren@sandbox.example"


def test_a_wrong_request_stays_on_an_error_page(globus_sandbox: Sandbox, person: Person) -> None:
    with NativeAppAuthClient(globus_sandbox.user.id) as app:
        url = app.oauth2_start_flow().get_authorize_url()
    person.open(url)
    assert person.heading == "This request cannot be served"
    assert "client_id: no app is registered under this id" in person.text
    assert person.address == url


class LocalLogin:
    """A program's login by a local server, with a person before the browser that it opens."""

    def __init__(self, sandbox: Sandbox, part: Callable[[str], None]) -> None:
        self._sandbox = sandbox
        self._part = part
        self._over = threading.Event()
        self._failed: list[BaseException] = []

    def run(self) -> set[str]:
        """The resource servers of the tokens."""
        parameters = AuthorizationParameters(required_scopes=("openid", "profile"))
        with NativeAppAuthClient(self._sandbox.native_client_id) as app:
            flow = LocalServerLoginFlowManager(app, open_browser=self._open, require_browser=True, timeout=120)
            try:
                return set(flow.run_login_flow(parameters).by_resource_server)
            finally:
                assert self._over.wait(60)
                assert self._failed == []

    def _open(self, authorize_url: str) -> None:
        try:
            self._part(authorize_url)
        except BaseException as error:
            self._failed.append(error)
            raise
        finally:
            self._over.set()


def test_a_local_server_is_come_back_to(globus_sandbox: Sandbox, person: Person) -> None:
    def part(url: str) -> None:
        person.open(url)
        person.press("Wren Sandbox")
        person.press("Allow")
        assert person.heading == "You are logged in"
        assert "You may close this window" in person.text

    assert LocalLogin(globus_sandbox, part).run() == {"auth.globus.org"}


def test_a_login_denied_ends_the_wait_of_a_local_server(globus_sandbox: Sandbox, person: Person) -> None:
    def part(url: str) -> None:
        person.open(url)
        person.press("Wren Sandbox")
        person.press("Deny")
        assert person.heading == "The login was refused"
        assert person.text.endswith("The user denied the request. You may close this window.")

    with pytest.raises(LoginDeniedError, match="access_denied: The user denied the request"):
        LocalLogin(globus_sandbox, part).run()


def test_a_local_server_outlasts_what_is_not_its_login(globus_sandbox: Sandbox, person: Person) -> None:
    """A link of somebody else's, a tab that is closed, and a tab in which the login is begun a second time."""

    def part(url: str) -> None:
        home = parse_qs(urlsplit(url).query)["redirect_uri"][0]
        person.open(f"{home}/?code=stolen&state=foreign")
        assert person.heading == "This is not the login that the program waits for"
        person.open(f"{home}/wp-login.php")
        assert person.heading == "There is nothing here"
        first = person.open_tab(url)
        person.press("Wren Sandbox")
        person.close_tab(first)
        person.open(url)
        second = person.open_tab(url)
        person.press("Allow")
        assert person.heading == "You are logged in"
        person.close_tab(second)

    assert LocalLogin(globus_sandbox, part).run() == {"auth.globus.org"}
