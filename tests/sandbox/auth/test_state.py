"""AuthState without HTTP: the scope syntax, what may be registered, which tokens pass, and many threads at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from globus_typed.sandbox.auth.scope_syntax import Scope, ScopeSyntaxError, parse_scopes
from globus_typed.sandbox.auth.state import AuthState, TokenRefused

from .service import TRANSFER_ALL, Service, tokens_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", (Scope("a"),)),
        ("a  b ", (Scope("a"), Scope("b"))),
        ("a[b *c[d]] e", (Scope("a", (Scope("b"), Scope("c", (Scope("d"),), True))), Scope("e"))),
        ("a[*b]", (Scope("a", (Scope("b", optional=True),)),)),
        ("a[b[c[d]]]", (Scope("a", (Scope("b", (Scope("c", (Scope("d"),)),)),)),)),
    ],
)
def test_scope_strings_are_read(text: str, expected: tuple[Scope, ...]) -> None:
    assert parse_scopes(text) == expected


@pytest.mark.parametrize(
    "text", ["", " ", "a[", "a]", "a[]", "[a]", "a [b]", "*a", "a[* b]", "a[**b]", "a[b]c", "a[b*c]", "a[*]", "a[b*]"]
)
def test_what_is_no_scope_string_is_refused(text: str) -> None:
    with pytest.raises(ScopeSyntaxError):
        parse_scopes(text)


def refusal(service: Service, authorization: str | None, scope: str = TRANSFER_ALL) -> TokenRefused:
    with pytest.raises(TokenRefused) as caught:
        service.state.authenticate(authorization, scope=scope)
    return caught.value


def test_tokens_that_do_not_pass(service: Service) -> None:
    good = service.state.issue_access_token(service.user, [TRANSFER_ALL], lifetime=60)
    expired = service.state.issue_access_token(service.user, [TRANSFER_ALL], lifetime=-1)
    elsewhere = service.state.issue_access_token(service.user, ["openid"])
    service.state.authenticate(f"bearer {good}", scope=TRANSFER_ALL)
    for header in (None, "", "Bearer", "Bearer ", f"Basic {good}", good, "Bearer unknown", f"Bearer {expired}"):
        assert refusal(service, header).status == 401
    assert refusal(service, f"Bearer {elsewhere}").status == 403
    service.time += 60
    late = refusal(service, f"Bearer {good}")
    assert (late.status, "expired" in late.reason) == (401, True)


def test_a_token_is_issued_for_one_resource_server_with_known_scopes(service: Service) -> None:
    for scopes, named in ((["openid", TRANSFER_ALL], "one resource server"), (["x"], "unknown: x"), ([], "no scope")):
        with pytest.raises(ValueError, match=named):
            service.state.issue_access_token(service.user, scopes)
    token = service.state.issue_access_token(service.user, ["openid"], client_id=service.native.client_id)
    assert service.state.caller(f"Bearer {token}").client_id == service.native.client_id


def test_registering_is_checked() -> None:
    state = AuthState()
    state.add_user("a@b.example")
    for username in ("A@b.example", "a", "a@", "@b", "a b@c", "a,b@c"):
        with pytest.raises(ValueError, match="username"):
            state.add_user(username)
    app = state.add_native_app("one", client_id="ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001")
    assert (app.native, app.identity, app.secret) == (True, None, None)
    with pytest.raises(ValueError, match="client_id"):
        state.add_native_app("two", client_id=app.client_id)
    for uri in ("/login", "localhost:5000", "http://localhost:5000/#x"):
        with pytest.raises(ValueError, match="redirect_uris"):
            state.add_confidential_app("three", redirect_uris=[uri])


def test_secrets_are_in_no_repr(service: Service) -> None:
    app = service.confidential
    assert app.secret is not None
    assert app.secret not in repr(app)
    document = service.login(app, access_type="offline")
    held = repr(vars(service.state.ledger)) + repr(service.state.ledger.find(document["access_token"]))
    for token in tokens_of(document).values():
        assert token["access_token"] not in held
        assert token["refresh_token"] not in held


def test_of_many_who_redeem_one_code_at_most_one_gets_tokens_and_none_keeps_them(service: Service) -> None:
    ledger = service.state.ledger
    code = service.code(service.native)

    def redeem(_: int) -> list[str]:
        return [given.text for given in ledger.redeem(code) or []]

    with ThreadPoolExecutor(12) as pool:
        given = [tokens for tokens in pool.map(redeem, range(48)) if tokens]
    assert len(given) == 1
    assert [ledger.find(token) for token in given[0]] == [None, None]
