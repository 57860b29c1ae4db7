"""`TokenStorage`: the interface of token stores."""

import base64
import binascii
import copy
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json
from typing_extensions import Self

from globus_typed.apps.storage.locks import ThreadLock
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.auth import documents
from globus_typed.core.json_data import is_object
from globus_typed.errors import GlobusUsageError

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["TokenStorage", "checked_namespace", "merged"]


class TokenStorage(ABC):
    """Base class of token stores: the tokens of one namespace, by resource server.

    A store is used by many threads at once, and, where its place is shared, by many processes. It does nothing when it
    is made: no file is read or written before the first call.
    """

    namespace: str
    """The part of the store that this object reads and writes: ``DEFAULT`` unless it was given."""

    def __init__(self, *, namespace: str = "DEFAULT") -> None:
        self.namespace = checked_namespace(namespace)

    @property
    def location(self) -> str:
        """The place of the store, for people: a path, or a description."""
        return f"{type(self).__name__} in this process"

    @property
    def is_shared(self) -> bool:
        """Whether a copy of this object in another process reads and writes the same tokens."""
        return False

    @abstractmethod
    def store_token_data_by_resource_server(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData]
    ) -> None:
        """Store the tokens of these resource servers; those of others stay."""

    @abstractmethod
    def get_token_data_by_resource_server(self) -> dict[str, TokenStorageData]:
        """All tokens of the namespace, by resource server."""

    @abstractmethod
    def remove_token_data(self, resource_server: str) -> bool:
        """Remove the tokens of a resource server; False if there were none."""

    def get_token_data(self, resource_server: str) -> TokenStorageData | None:
        """The tokens of a resource server; None if there are none."""
        return self.get_token_data_by_resource_server().get(resource_server)

    def store_token_response(
        self, token_response: "documents.TokenResponse | documents.DependentTokenResponse"
    ) -> None:
        """Store all tokens of a response of Globus Auth. What it leaves out of a token stored before is kept: the
        refresh token, the identity and further members.

        The identity is read from the id_token of the response, if it has one, and not verified: an app verifies it
        before. Nothing is kept of the tokens of another identity.
        """
        identity_id = _subject(getattr(token_response, "id_token", None))
        with self.transaction():
            stored = self._stored_before()
            self.store_token_data_by_resource_server(
                {
                    resource_server: merged(stored.get(resource_server), {**token, "identity_id": identity_id})
                    for resource_server, token in token_response.by_resource_server.items()
                }
            )

    def _stored_before(self) -> dict[str, TokenStorageData]:
        """The stored tokens that a response is merged with."""
        return self.get_token_data_by_resource_server()

    def iter_namespaces(self) -> Iterator[str]:
        """The namespaces in the place of the store that hold tokens."""
        return iter([self.namespace] if self.get_token_data_by_resource_server() else [])

    def remove_namespace(self, namespace: str | None = None) -> bool:
        """Remove all tokens of a namespace, by default this one's; False if there were none."""
        other = self
        if namespace is not None and namespace != self.namespace:
            other = copy.copy(self)
            other.namespace = checked_namespace(namespace)
        with self.transaction():
            removed = [other.remove_token_data(name) for name in other.get_token_data_by_resource_server()]
        return any(removed)

    def transaction(self) -> AbstractContextManager[Self]:
        """A block in which no other thread or process changes the store.

        The methods may be called in it; transactions of one thread may be nested.
        """
        return self._transaction()

    @contextmanager
    def _transaction(self) -> Generator[Self]:
        # A class that does not call __init__ of this one has a lock nonetheless.
        lock: ThreadLock = vars(self).get("_thread_lock") or vars(self).setdefault("_thread_lock", ThreadLock())
        with lock.hold():
            yield self

    def close(self) -> None:  # noqa: B027  # most have nothing to close
        """Close what the store holds open; a later call opens it again."""

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "_thread_lock"}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: "TracebackType | None"
    ) -> None:
        self.close()


def checked_namespace(namespace: object) -> str:
    """The name of a part of a store; `GlobusUsageError` if it is none."""
    if not isinstance(namespace, str) or not namespace:
        raise GlobusUsageError(f"namespace: must be a string that is not empty, got {namespace!r}")
    return namespace


def merged(stored: TokenStorageData | None, token: Mapping[str, Any]) -> TokenStorageData:
    """The tokens of a response, and what was stored that it left out, unless that is another identity's."""
    new = {name: value for name, value in token.items() if value is not None}
    former: dict[str, Any] = stored.to_dict() if stored else {}
    if stored and stored.identity_id and new.get("identity_id") not in (None, stored.identity_id):
        former = {}
    return TokenStorageData.from_dict({"scope": "", **former, **new})


def _subject(id_token: str | None) -> str | None:
    """The identity that an id_token names, without a check of its signature; None if it names none."""
    try:
        claims = from_json(base64.urlsafe_b64decode(f"{(id_token or '').split('.')[1]}=="))
    except (IndexError, ValueError, binascii.Error):
        return None
    subject = claims.get("sub") if is_object(claims) else None
    return subject if isinstance(subject, str) and subject else None
