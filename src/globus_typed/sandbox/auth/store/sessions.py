"""The logins of browsers."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from threading import RLock


@dataclass(frozen=True)
class Session:
    """A browser that somebody is logged in with: who acts, and when each identity of theirs logged in."""

    user_id: str
    authentications: Mapping[str, int]


class Sessions:
    """Sessions by the text of the browser's cookie; a browser that nobody is logged in with has only the cookie."""

    def __init__(self, *, clock: Callable[[], float]) -> None:
        self._lock = RLock()
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._sessions: dict[str, Session] = {}

    def new_cookie(self) -> str:
        return secrets.token_urlsafe(24)

    def find(self, cookie: str | None) -> Session | None:
        with self._lock:
            return None if cookie is None else self._sessions.get(cookie)

    def log_in(self, cookie: str | None, user_id: str, linked: Collection[str]) -> str:
        """Note that the identity has logged in; gives the cookie from now on, the old one is worth nothing any more.

        What the browser was logged in with before is kept as far as it is among the identities `linked` with this one.
        """
        with self._lock:
            before = self._sessions.pop(cookie, None) if cookie is not None else None
            kept = {} if before is None else {id: time for id, time in before.authentications.items() if id in linked}
            cookie = self.new_cookie()
            self._sessions[cookie] = Session(user_id, {**kept, user_id: int(self._clock())})
            return cookie

    def end(self, cookie: str | None) -> None:
        with self._lock:
            if cookie is not None:
                self._sessions.pop(cookie, None)

    def form_token(self, cookie: str) -> str:
        """The token that a form sends to show that it comes from a page made for this browser."""
        return hmac.new(self._key, cookie.encode(), hashlib.sha256).hexdigest()

    def is_form_token(self, text: str, cookie: str | None) -> bool:
        return cookie is not None and hmac.compare_digest(text.encode(), self.form_token(cookie).encode())
