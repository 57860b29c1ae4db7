"""The login and consent pages: what a person sees there, does there, and what the app gets for it."""

import re

import pytest

from globus_typed.sandbox.auth.own_scopes import AUTH_SERVER

from .browser import Browser
from .service import BASE, LOGIN, START, TRANSFER_ALL, Service, basic, bearer, tokens_of

AUTHORIZE = "/v2/oauth2/authorize"
WREN = "M Wrenwren@sandbox.example"


@pytest.fixture
def browser(service: Service) -> Browser:
    return Browser(service)


def subject(service: Service, code: str) -> str:
    """The username of whom a code of the confidential app stands for."""
    document = service.redeem(service.confidential, code).json()
    token = tokens_of(document)[AUTH_SERVER]["access_token"]
    username: str = service.get("/v2/oauth2/userinfo", headers=bearer(token)).json()["preferred_username"]
    return username


def test_a_user_chosen_and_allowing_brings_code_and_state_to_the_app(service: Service, browser: Browser) -> None:
    browser.open(AUTHORIZE, service.query(service.confidential, state="a state & more"))
    assert browser.status == 200
    assert "A portal wants to know who you are" in browser.text
    browser.press(WREN)
    assert browser.status == 200
    assert "You are logged in as wren@sandbox.example" in browser.text
    browser.press("Allow")
    assert browser.response.headers["location"].startswith(f"{LOGIN}?")
    assert set(browser.brought) == {"code", "state"}
    assert browser.brought["state"] == "a state & more"
    assert subject(service, browser.brought["code"]) == "wren@sandbox.example"


def test_the_query_of_a_redirect_uri_is_kept(service: Service, browser: Browser) -> None:
    uri = "http://localhost:5000/login?next=1"
    browser.open(AUTHORIZE, service.query(service.confidential, redirect_uri=uri, state=None)).press(WREN)
    assert set(browser.press("Allow").brought) == {"next", "code"}


def test_the_consent_page_says_what_is_asked_for(service: Service, browser: Browser) -> None:
    submit = f"https://auth.globus.org/scopes/{service.confidential.client_id}/submit_all"
    query = service.query(
        service.native,
        scope=f"openid {submit}[{TRANSFER_ALL} *email]",
        access_type="offline",
        prefill_named_grant="My <laptop>",
    )
    browser.open(AUTHORIZE, query).press(WREN)
    for told in (
        "Give A terminal program access?",
        "Know which identity you are openid",
        f"Use “submit all” of A portal as you {submit}",
        f"See, move, share and delete data on collections as you can, with Globus Transfer {TRANSFER_ALL}",
        "See your email address (optional) email",
        "Do so while you are away",
        "My <laptop>",
        "you get a code to copy",
    ):
        assert told in browser.text
    assert "<laptop>" not in browser.response.text
    browser.open(AUTHORIZE, service.query(service.confidential))
    assert "away" not in browser.text
    assert f"the browser goes to {LOGIN}" in browser.text


def test_an_optional_scope_may_be_declined_on_the_page(service: Service, browser: Browser) -> None:
    submit = f"https://auth.globus.org/scopes/{service.confidential.client_id}/submit_all"
    browser.open(AUTHORIZE, service.query(service.native, scope=f"openid {submit}[{TRANSFER_ALL} *email]")).press(WREN)
    assert browser.response.text.count('name="decline"') == 1
    browser.press("Allow", decline="email")
    consents = service.state.consents.of_user(service.user.id)
    assert {consent.scope for consent in consents} == {"openid", submit, TRANSFER_ALL}
    # No other one can be declined.
    browser.open(AUTHORIZE, service.query(service.native, scope="openid email")).press("Allow", decline="email")
    assert "email" in {consent.scope for consent in service.state.consents.of_user(service.user.id)}


def test_who_has_no_second_factor_goes_back_to_the_app(service: Service, browser: Browser) -> None:
    service.state.add_user("kim@larkspur.example", second_factor=False)
    query = service.query(service.confidential, session_required_mfa="True")
    brought = browser.open(AUTHORIZE, query).press("Log in", username="kim@larkspur.example").press("Allow").brought
    assert brought["error"] == "access_denied"
    assert brought["error_description"] == "kim@larkspur.example has no second factor"


def test_a_native_app_shows_the_code_for_copying(service: Service, browser: Browser) -> None:
    browser.open(AUTHORIZE, service.query(service.native)).press(WREN).press("Allow")
    assert browser.status == 200
    assert '<label for="code">' in browser.response.text
    shown = re.search(r'<input id="code" readonly [^>]*value="([^"]+)"', browser.response.text)
    assert shown is not None
    assert str(browser.response.url).startswith(f"{BASE}/v2/web/auth-code?code={shown[1]}&state=_default")
    assert service.redeem(service.native, shown[1]).status_code == 200


@pytest.mark.parametrize("label", ["Cancel", "Deny"])
def test_no_is_said_to_the_app_with_its_state(service: Service, browser: Browser, label: str) -> None:
    browser.open(AUTHORIZE, service.query(service.confidential, state="mine"))
    if label == "Deny":
        browser.press(WREN)
    brought = browser.press(label).brought
    assert set(brought) == {"error", "error_description", "state"}
    assert (brought["error"], brought["state"]) == ("access_denied", "mine")
    assert service.state.consents.of_user(service.user.id) == []


def test_no_is_shown_where_the_code_would_be(service: Service, browser: Browser) -> None:
    browser.open(AUTHORIZE, service.query(service.native)).press(WREN).press("Deny")
    assert browser.status == 200
    assert "Access denied" in browser.text
    assert "no code" in browser.text
    assert "state=_default" in str(browser.response.url)


def test_a_username_that_is_new_is_registered(service: Service, browser: Browser) -> None:
    browser.open(AUTHORIZE, service.query(service.confidential)).press("Log in", username=" Kim@larkspur.example ")
    assert subject(service, browser.press("Allow").brought["code"]) == "kim@larkspur.example"
    kim = service.state.directory.find_user(username="kim@larkspur.example")
    assert kim is not None
    assert (kim.name, kim.email, kim.status) == ("Kim", "kim@larkspur.example", "used")
    other = Browser(service).open(AUTHORIZE, service.query(service.confidential))
    assert "kim@larkspur.example" in other.text
    other.press("Log in", username="KIM@larkspur.example")
    assert subject(service, other.press("Allow").brought["code"]) == "kim@larkspur.example"
    assert len(service.state.directory.people()) == 2


def test_apps_are_no_people(service: Service, browser: Browser) -> None:
    browser.open(AUTHORIZE, service.query(service.confidential))
    assert "clients.auth.globus.org" not in browser.text
    assert service.confidential.identity is not None
    browser.press("Log in", username=service.confidential.identity.username)
    assert browser.status == 400
    assert "identity of an app" in browser.text


@pytest.mark.parametrize("typed", ["", "kim", "kim@", "@larkspur.example", "<b>kim</b>", "kim@lark spur.example"])
def test_a_text_that_is_no_username_is_told_beside_the_field(service: Service, browser: Browser, typed: str) -> None:
    browser.open(AUTHORIZE, service.query(service.confidential)).press("Log in", username=typed)
    assert browser.status == 400
    assert "A username has the form name@domain" in browser.text
    assert 'role="alert"' in browser.response.text
    assert 'aria-invalid="true"' in browser.response.text
    assert "<title>Error: Log in" in browser.response.text
    assert "<b>" not in browser.response.text
    (form,) = (form for form in browser.forms if "Log in" in form.buttons)
    assert form.fields["username"] == typed
    assert len(service.state.directory.people()) == 1
    assert browser.press(WREN).status == 200


def test_a_login_is_remembered_until_it_is_ended(service: Service, browser: Browser) -> None:
    query = service.query(service.confidential)
    browser.open(AUTHORIZE, query).press(WREN)
    assert "You are logged in as" in browser.open(AUTHORIZE, query).text
    assert "You are logged in as" not in Browser(service).open(AUTHORIZE, query).text
    assert browser.open("/v2/web/logout").status == 200
    assert "You are logged in as" not in browser.open(AUTHORIZE, query).text


def test_somebody_else_can_take_over(service: Service, browser: Browser) -> None:
    browser.open(AUTHORIZE, service.query(service.confidential)).press(WREN)
    browser.open(browser.links["Log in as somebody else"])
    assert "log in anew" in browser.text
    browser.press("Log in", username="kim@larkspur.example")
    assert "logged in as kim@larkspur.example" in browser.text
    assert subject(service, browser.press("Allow").brought["code"]) == "kim@larkspur.example"


def test_prompt_login_makes_a_new_login_which_the_token_is_dated_by(service: Service, browser: Browser) -> None:
    def logged_in_at(code: str) -> int:
        document = service.redeem(service.confidential, code).json()
        token = tokens_of(document)[AUTH_SERVER]["access_token"]
        headers = basic(service.confidential.client_id, service.confidential.secret)
        form = {"token": token, "include": "session_info"}
        info = service.post("/v2/oauth2/token/introspect", form, headers).json()["session_info"]
        auth_time: int = info["authentications"][service.user.id]["auth_time"]
        return auth_time

    query = service.query(service.confidential)
    browser.open(AUTHORIZE, query).press(WREN)
    service.time += 100
    assert logged_in_at(browser.press("Allow").brought["code"]) == int(START)
    browser.open(AUTHORIZE, {**query, "prompt": "login"})
    assert "You are logged in as" not in browser.text
    browser.press(WREN)
    service.time += 100
    assert logged_in_at(browser.press("Allow").brought["code"]) == int(START) + 100


def test_allowing_does_not_stand_in_for_the_new_login(service: Service, browser: Browser) -> None:
    query = service.query(service.confidential)
    browser.open(AUTHORIZE, query).press(WREN)
    (form,) = browser.forms
    form.action += "&prompt=login"
    browser.send(form, {"decision": "allow"})
    assert browser.status == 200
    assert "log in anew" in browser.text


def test_the_hint_comes_first_or_stands_in_the_field(service: Service, browser: Browser) -> None:
    service.state.add_user("kim@larkspur.example", name="Kim")
    query = service.query(service.confidential)
    browser.open(AUTHORIZE, {**query, "login_hint": "kim@larkspur.example"})
    assert list(browser.forms[0].buttons) == ["Kimkim@larkspur.example", WREN]
    browser.press(WREN)
    assert "logged in as wren@sandbox.example" in browser.text
    browser.open(AUTHORIZE, {**query, "login_hint": "new@larkspur.example"})
    assert browser.forms[1].fields["username"] == "new@larkspur.example"


def test_what_the_app_requires_of_the_login_is_told_and_held_to(service: Service, browser: Browser) -> None:
    service.state.add_user("kim@larkspur.example", name="Kim")
    policy = "4560c71f-72e5-44a1-a3f0-2254336e0001"
    query = service.query(
        service.confidential,
        session_required_single_domain="larkspur.example,heath.example",
        session_required_mfa="True",
        session_required_policies=policy,
        session_message="Use your <staff> account",
    )
    browser.open(AUTHORIZE, service.query(service.confidential)).press(WREN)
    browser.open(AUTHORIZE, query)
    for told in ("“Use your <staff> account”", "larkspur.example, or of heath.example", policy, "second factor"):
        assert told in browser.text
    assert "<staff>" not in browser.response.text
    assert list(browser.forms[0].buttons) == ["Kimkim@larkspur.example"]
    browser.press("Log in", username="wren@sandbox.example")
    assert browser.status == 400
    assert "asks for another login than wren@sandbox.example" in browser.text
    browser.press("Log in", username="robin@heath.example")
    assert "logged in as robin@heath.example" in browser.text


def test_all_identities_that_are_required_log_in_one_after_the_other(service: Service, browser: Browser) -> None:
    service.state.add_user("wren@larkspur.example", linked_to=service.user)
    required = f"{service.user.id},wren@larkspur.example"
    browser.open(AUTHORIZE, service.query(service.confidential, session_required_identities=required))
    assert "Log in as wren@sandbox.example, and as wren@larkspur.example" in browser.text
    browser.press("wren@larkspur.example")
    assert "You are logged in as" not in browser.text
    browser.press(WREN)
    assert "You are logged in as wren@sandbox.example" in browser.text


def test_a_form_counts_only_from_the_browser_it_was_made_for(service: Service, browser: Browser) -> None:
    query = service.query(service.confidential)
    browser.open(AUTHORIZE, query).press(WREN)
    (form,) = browser.forms
    other = Browser(service).open(AUTHORIZE, query)
    for wrong in ({"form_token": ""}, {"form_token": other.forms[0].fields["form_token"]}, {"form_token": "näh"}):
        for pressed in ({"decision": "allow"}, {"decision": "deny"}, {"username": "kim@larkspur.example"}):
            browser.send(form, wrong, pressed)
            assert browser.status == 403
            assert "out of date" in browser.text
    browser.cookies.clear()
    assert browser.send(form, {"decision": "allow"}).status == 403
    assert service.state.consents.of_user(service.user.id) == []


def test_a_consent_shown_to_one_person_is_not_given_by_the_next(service: Service, browser: Browser) -> None:
    query = service.query(service.confidential)
    browser.open(AUTHORIZE, query).press(WREN)
    (shown_to_wren,) = browser.forms
    browser.open(AUTHORIZE, {**query, "prompt": "login"}).press("Log in", username="kim@larkspur.example")
    assert browser.send(shown_to_wren, {"decision": "allow"}).status == 403


def test_a_form_for_a_wrong_request_is_no_redirect(service: Service, browser: Browser) -> None:
    browser.open(AUTHORIZE, service.query(service.confidential)).press(WREN)
    (form,) = browser.forms
    form.action = form.action.replace("127.0.0.1%3A5000", "evil.example")
    for pressed in ("allow", "deny"):
        browser.send(form, {"decision": pressed})
        assert browser.status == 400
        assert "redirect_uri: not registered for A portal" in browser.text


def test_the_pages_bring_nothing_from_elsewhere_and_are_not_kept(service: Service, browser: Browser) -> None:
    query = service.query(service.native)
    pages = [browser.open(AUTHORIZE, query).response, browser.press(WREN).response, browser.press("Allow").response]
    pages += [service.get(path) for path in ("/v2/web/auth-code", "/v2/web/logout", AUTHORIZE)]
    for page in pages:
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert '<html lang="en">' in page.text
        assert page.text.count("<h1>") == page.text.count("<main>") == 1
        assert not re.search(r'<script|src=|href="(?!data:,|/v2/)|url\(|@import', page.text)
    cookie = service.get(AUTHORIZE, query).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/v2" in cookie
