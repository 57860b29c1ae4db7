"""`MemoryTokenStorage`: tokens that end with the process."""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn
from uuid import UUID

from typing_extensions import Self

from globus_typed.apps.storage.base import TokenStorage
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.errors import GlobusUsageError

__all__ = ["MemoryTokenStorage"]


class MemoryTokenStorage(TokenStorage):
    """A token store in the memory of this process. All tokens are lost when it ends.

    It cannot be copied or pickled, so that tokens do not leave it unnoticed.

    Parameters: `namespace`, the part of the store that is read and written.
    """

    def __init__(self, *, namespace: str = "DEFAULT") -> None:
        super().__init__(namespace=namespace)
        self._tokens: dict[str, dict[str, TokenStorageData]] = {}

    @classmethod
    def for_globus_app(cls, *, app_name: str, config: object, client_id: UUID | str, namespace: str) -> Self:
        """A new store for an app: of all that is told of it, only the namespace counts."""
        return cls(namespace=namespace)

    def store_token_data_by_resource_server(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData]
    ) -> None:
        """Store the tokens of these resource servers; those of others stay."""
        with self.transaction():
            tokens = self.get_token_data_by_resource_server()
            for resource_server, token in token_data_by_resource_server.items():
                former = tokens[resource_server].extra if resource_server in tokens else {}
                tokens[resource_server] = TokenStorageData.from_dict({**former, **token.to_dict()})
            self._tokens[self.namespace] = tokens  # all at once for those who read

    def get_token_data_by_resource_server(self) -> dict[str, TokenStorageData]:
        """All tokens of the namespace, by resource server."""
        return self._tokens.get(self.namespace, {}).copy()  # without waiting for a transaction

    def remove_token_data(self, resource_server: str) -> bool:
        """Remove the tokens of a resource server; False if there were none."""
        with self.transaction():
            return self._tokens.get(self.namespace, {}).pop(resource_server, None) is not None

    def iter_namespaces(self) -> Iterator[str]:
        """The namespaces that hold tokens."""
        return iter([name for name, tokens in self._tokens.copy().items() if tokens])

    def remove_namespace(self, namespace: str | None = None) -> bool:
        """Remove all tokens of a namespace, by default this one's; False if there were none."""
        with self.transaction():
            return bool(self._tokens.pop(self.namespace if namespace is None else namespace, None))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(namespace={self.namespace!r})"

    def __copy__(self) -> NoReturn:
        self._refuse("copied")

    def __deepcopy__(self, memo: dict[int, Any]) -> NoReturn:
        self._refuse("copied")

    def __reduce__(self) -> NoReturn:
        self._refuse("pickled")

    def _refuse(self, done: str) -> NoReturn:
        raise GlobusUsageError(
            f"a {type(self).__name__} cannot be {done}, since its tokens are in the memory of this process alone; "
            "use a JSONTokenStorage, whose copies read and write the same file"
        )
