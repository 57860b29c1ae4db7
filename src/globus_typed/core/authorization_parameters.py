"""`AuthorizationParameters`: the login that an error document asks for, read from every form in use."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from globus_typed.core.json_data import is_list, is_object

__all__ = ["AuthorizationParameters", "consent_is_missing"]

_LISTS = (
    "session_required_identities",
    "session_required_single_domain",
    "session_required_policies",
    "required_scopes",
)
_TEXTS = ("session_message", "prompt")
_KNOWN = {*_LISTS, *_TEXTS, "session_required_mfa"}
_DEEPEST = 4
"""How deep a document may lie in others: no service nests them deeper."""


@dataclass(frozen=True)
class AuthorizationParameters:
    """The login that would let a refused request through; ``get_authorize_url(…, authorization_parameters)`` takes it
    as it is."""

    session_message: str | None = None
    """A message to show to the user on the login page."""
    session_required_identities: tuple[str, ...] = ()
    """Identities, by id or username, of which the user must log in with one; empty for any."""
    session_required_single_domain: tuple[str, ...] = ()
    """Domains, of which the user must log in with an identity of one; empty for any."""
    session_required_policies: tuple[str, ...] = ()
    """Ids of the policies that the login must meet, all of them."""
    session_required_mfa: bool | None = None
    """Whether the user must show a second factor; None where nothing was said."""
    required_scopes: tuple[str, ...] = ()
    """Scopes that the user has to consent to."""
    prompt: str | None = None
    """``"login"`` where the user must log in again, even in a session that would do."""
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any], hash=False)
    """Further members of the parameters, as they were sent."""

    @property
    def requires_session(self) -> bool:
        """Whether a new login is asked for, and not only consents."""
        asked = (
            self.session_required_identities
            or self.session_required_single_domain
            or self.session_required_policies
            or self.session_required_mfa
            or self.prompt
        )
        return bool(asked or (self.session_message and not self.required_scopes))

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> "AuthorizationParameters | None":
        """The parameters in an error document, or in the first of those inside it that has any; None without."""
        first: AuthorizationParameters | None = None
        scopes: dict[str, None] = {}
        for document in _documents(body):
            found = _of_document(document)
            if found is not None:
                scopes |= dict.fromkeys(found.required_scopes)
                if first is None or (found.requires_session and not first.requires_session):
                    first = found
        return first and replace(first, required_scopes=tuple(scopes))


def consent_is_missing(body: Mapping[str, Any]) -> bool:
    """Whether an error document says that a consent is missing, with scopes or without."""
    return any(document.get("code") == "ConsentRequired" for document in _documents(body))


def _documents(body: Mapping[str, Any], depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The document, and those that it is made of."""
    yield body
    if depth < _DEEPEST:
        for name in ("errors", "detail", "details", "error", "data"):
            inner: object = body.get(name)
            for each in inner if is_list(inner) else (inner,):
                if is_object(each):
                    yield from _documents(each, depth + 1)


def _of_document(document: Mapping[str, Any]) -> AuthorizationParameters | None:
    given: object = document.get("authorization_parameters")
    members: dict[str, Any] = dict(given) if is_object(given) else {}
    if "required_scopes" not in members:
        scopes = [*_texts(document.get("required_scopes")), *_texts(document.get("required_scope"))]
        unapproved: object = document.get("unapproved_scopes")
        members["required_scopes"] = scopes + (_texts(unapproved) if is_list(unapproved) else [])
    found = _read(members, document)
    if found is None and isinstance(kind := document.get("DATA_TYPE"), str):
        return _of_detail(kind.partition("#")[0], document)
    return found


def _read(members: Mapping[str, Any], around: Mapping[str, Any]) -> AuthorizationParameters | None:
    lists = {name: tuple(dict.fromkeys(_texts(members.get(name)))) for name in _LISTS}
    texts = {name: value for name in _TEXTS if isinstance(value := members.get(name), str) and value}
    if lists["required_scopes"] and "session_message" not in texts:
        said = next((around[name] for name in ("message", "description") if isinstance(around.get(name), str)), None)
        texts |= {"session_message": said} if said else {}
    mfa: object = members.get("session_required_mfa")
    if isinstance(mfa, str):
        mfa = {"true": True, "false": False}.get(mfa.strip().lower())
    parameters = AuthorizationParameters(
        session_message=texts.get("session_message"),
        session_required_identities=lists["session_required_identities"],
        session_required_single_domain=lists["session_required_single_domain"],
        session_required_policies=lists["session_required_policies"],
        required_scopes=lists["required_scopes"],
        prompt=texts.get("prompt"),
        session_required_mfa=mfa if isinstance(mfa, bool) else None,
        extra={name: value for name, value in members.items() if name not in _KNOWN},
    )
    return parameters if parameters.requires_session or parameters.required_scopes else None


def _of_detail(kind: str, detail: Mapping[str, Any]) -> AuthorizationParameters | None:
    """The login that a typed ``detail`` of Globus Connect Server asks for, where it comes without parameters."""
    if kind == "not_from_allowed_domain":
        return _read({"session_required_single_domain": detail.get("allowed_domains")}, {})
    if kind == "id_not_in_identity_set":
        return _read({"session_required_identities": detail.get("id")}, {})
    if kind == "authentication_timeout":
        identities: object = detail.get("identities")
        asked = {
            "session_required_identities": identities,
            "session_required_mfa": detail.get("require_mfa"),
            "prompt": "login" if detail.get("high_assurance") is True or not identities else None,
        }
        return _read(asked, {})
    return None


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, Iterable) or isinstance(value, (Mapping, bytes)):
        return []
    return [text.strip() for text in cast("Iterable[object]", value) if isinstance(text, str) and text.strip()]
