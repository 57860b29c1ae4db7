"""`TokenStorage`: the interface of token stores."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from typing_extensions import Self

from globus_typed.apps.tokens import TokenStorageData

if TYPE_CHECKING:
    from types import TracebackType

    from globus_typed.auth.documents.token import TokenResponse

__all__ = ["TokenStorage"]


class TokenStorage(ABC):
    """Base class of token stores: the tokens of one namespace, by resource server.

    A store is used by many threads at once, and, where its place is shared, by many processes. It does nothing when it
    is made: no file is read or written before the first call.
    """

    namespace: str
    """The part of the store that this object reads and writes: ``DEFAULT`` unless it was given."""

    def __init__(self, *, namespace: str = "DEFAULT") -> None:
        self.namespace = namespace

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

    def store_token_response(self, token_response: "TokenResponse") -> None:
        """Store all tokens of a response of Globus Auth. What it leaves out of a token stored before is kept: the
        refresh token, the identity and further members."""

    def iter_namespaces(self) -> Iterator[str]:
        """The namespaces in the place of the store that hold tokens."""
        return iter([self.namespace] if self.get_token_data_by_resource_server() else [])

    def remove_namespace(self, namespace: str | None = None) -> bool:
        """Remove all tokens of a namespace, by default this one's; False if there were none."""

    def transaction(self) -> AbstractContextManager[Self]:
        """A block in which no other thread or process changes the store.

        The methods may be called in it; transactions of one thread may be nested.
        """
        return nullcontext(self)

    def close(self) -> None:
        """Close what the store holds open; a later call opens it again."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: "TracebackType | None"
    ) -> None:
        self.close()
