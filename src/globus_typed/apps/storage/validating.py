"""`ValidatingTokenStorage`: a token store that checks tokens before it stores them, and after it has read them."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager

from typing_extensions import Self

from globus_typed.apps.errors import IdentityValidationError, MissingTokenError
from globus_typed.apps.storage.base import TokenStorage
from globus_typed.apps.storage.validators import TokenDataValidator, TokenValidationContext
from globus_typed.apps.tokens import TokenStorageData

__all__ = ["ValidatingTokenStorage"]


class ValidatingTokenStorage(TokenStorage):
    """A token store around another one, which raises `TokenValidationError` for tokens that a validator refuses.

    An app checks its tokens by itself, and knows when to renew them: give it the store inside. This class is for
    programs that use a store without an app.

    Parameters: `token_storage`, the store inside; `validators`, asked in this order.
    """

    token_storage: TokenStorage
    """The store inside."""
    validators: tuple[TokenDataValidator, ...]
    """The checks, in the order in which they are made."""

    def __init__(self, token_storage: TokenStorage, *, validators: Iterable[TokenDataValidator] = ()) -> None:
        super().__init__(namespace=token_storage.namespace)
        self.token_storage = token_storage
        self.validators = tuple(validators)

    @property
    def location(self) -> str:
        """The place of the store inside."""
        return self.token_storage.location

    @property
    def is_shared(self) -> bool:
        """Whether a copy of the store inside reads and writes the same tokens in another process."""
        return self.token_storage.is_shared

    @property
    def identity_id(self) -> str | None:
        """The identity whose tokens are stored; None if that is not known, or if there are several."""
        identities = _identities(self.token_storage.get_token_data_by_resource_server())
        return identities.pop() if len(identities) == 1 else None

    def store_token_data_by_resource_server(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData]
    ) -> None:
        """Store the tokens of these resource servers, if all validators take them; those of others stay.

        Raises `TokenValidationError` for tokens that are refused, of which none is stored.
        """
        with self.transaction():
            context = self._context(token_data_by_resource_server)
            for validator in self.validators:
                validator.before_store(token_data_by_resource_server, context)
            self.token_storage.store_token_data_by_resource_server(token_data_by_resource_server)

    def get_token_data_by_resource_server(self) -> dict[str, TokenStorageData]:
        """All tokens of the namespace, by resource server. Raises `TokenValidationError` if any is refused."""
        found = self.token_storage.get_token_data_by_resource_server()
        self._check(found)
        return found

    def get_token_data(self, resource_server: str) -> TokenStorageData:
        """The tokens of a resource server.

        Raises `MissingTokenError` if there are none, and another `TokenValidationError` if they are refused.
        """
        found = self.token_storage.get_token_data(resource_server)
        if found is None:
            raise MissingTokenError(f"there is no token for {resource_server}", resource_server)
        self._check({resource_server: found})
        return found

    def remove_token_data(self, resource_server: str) -> bool:
        """Remove the tokens of a resource server, whatever they are; False if there were none."""
        return self.token_storage.remove_token_data(resource_server)

    def iter_namespaces(self) -> Iterator[str]:
        """The namespaces in the place of the store that hold tokens."""
        return self.token_storage.iter_namespaces()

    def remove_namespace(self, namespace: str | None = None) -> bool:
        """Remove all tokens of a namespace, by default this one's; False if there were none."""
        return self.token_storage.remove_namespace(namespace)

    def close(self) -> None:
        """Close the store inside."""
        self.token_storage.close()

    def _stored_before(self) -> dict[str, TokenStorageData]:
        # Unchecked: a response is merged with tokens that may well have expired.
        return self.token_storage.get_token_data_by_resource_server()

    @contextmanager
    def _transaction(self) -> Generator[Self]:
        with self.token_storage.transaction():
            yield self

    def _check(self, found: Mapping[str, TokenStorageData]) -> None:
        context = self._context(found)
        for validator in self.validators:
            validator.after_retrieve(found, context)

    def _context(self, tokens: Mapping[str, TokenStorageData]) -> TokenValidationContext:
        identities = _identities(tokens)
        if len(identities) > 1:
            raise IdentityValidationError(
                f"the tokens are those of several identities, {', '.join(sorted(identities))}: remove some, or log in "
                "again"
            )
        return TokenValidationContext(self.identity_id, identities.pop() if identities else None)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.token_storage!r}, validators={self.validators!r})"


def _identities(tokens: Mapping[str, TokenStorageData]) -> set[str]:
    return {token.identity_id for token in tokens.values() if token.identity_id is not None}
