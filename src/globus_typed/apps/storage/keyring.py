"""`KeyringTokenStorage`: tokens in the keyring of the user's session."""

import json
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from uuid import UUID

from pydantic import ValidationError
from pydantic_core import from_json
from typing_extensions import Self

from globus_typed.apps.errors import StoreDamagedError, StoreError, StoreLockedError
from globus_typed.apps.storage.base import TokenStorage
from globus_typed.apps.storage.files import real_path
from globus_typed.apps.storage.locks import lock_for
from globus_typed.apps.storage.places import HasEnvironment, app_path
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.config import environment_name
from globus_typed.core.http_info import Secret
from globus_typed.core.json_data import is_list, is_object
from globus_typed.core.outside_text import clean
from globus_typed.core.problems import explain
from globus_typed.errors import GlobusOptionalDependencyError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

__all__ = ["Keyring", "KeyringTokenStorage"]

T = TypeVar("T")

_SPLIT = "resource_servers"
"""The member of an entry that is too long for its keyring: the resource servers that have entries of their own."""


class Keyring(Protocol):
    """The part of a keyring that a store needs, such as a backend of the package keyring."""

    def get_password(self, service: str, username: str, /) -> str | None:
        """The entry of that service and user; None if there is none."""
        ...

    def set_password(self, service: str, username: str, password: str, /) -> None:
        """Set the entry of that service and user."""
        ...

    def delete_password(self, service: str, username: str, /) -> None:
        """Delete the entry of that service and user."""
        ...


class KeyringTokenStorage(TokenStorage):
    """A token store in the keyring of the user's session: of macOS, Windows, GNOME, KDE or whatever backend there is.

    The entry for a namespace has the service ``globus_typed/<client_id>/<environment>`` and the namespace as its user.
    Where it is too long for the keyring, as Windows has it, each resource server has an entry of its own. Processes
    share it, with a lock among the files of apps. It needs the extra ``keyring``.

    Parameters: `client_id`, of the app; `namespace`, the part of the store that is read and written; `environment`, by
    default ``GLOBUS_SDK_ENVIRONMENT``, else production; `backend`, by default the one that the package keyring chooses.
    All methods raise `GlobusOptionalDependencyError` without that package, `StoreError` where there is no keyring, or
    only one that keeps its entries in plain text and was not given as `backend`, `StoreLockedError` for a locked one,
    and `StoreDamagedError` for an entry that holds no tokens.
    """

    def __init__(
        self,
        client_id: UUID | str,
        *,
        namespace: str = "DEFAULT",
        environment: str | None = None,
        backend: Keyring | None = None,
    ) -> None:
        super().__init__(namespace=namespace)
        self.client_id: str = str(client_id)
        self.environment = environment
        self.backend = backend

    @classmethod
    def for_globus_app(cls, *, app_name: str, config: HasEnvironment, client_id: UUID | str, namespace: str) -> Self:
        """The store of an app, which its client id tells from others."""
        return cls(client_id, namespace=namespace, environment=config.environment)

    @property
    def location(self) -> str:
        """The service of the entries in the keyring."""
        return f"keyring: {self._service}"

    @property
    def is_shared(self) -> bool:
        """True: a copy of this object reads and writes the same entries, in the session of the same user."""
        return True

    def store_token_data_by_resource_server(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData]
    ) -> None:
        """Store the tokens of these resource servers; those of others stay, and so do members that are not known."""
        if not token_data_by_resource_server:
            return
        with self.transaction():
            records = self._load(self.namespace)
            for name, token in token_data_by_resource_server.items():
                former = records.get(name)
                unknown = former.extra if former else {}
                records[name] = TokenStorageData.from_dict({**unknown, **token.to_dict()})
            self._save(self.namespace, records)

    def get_token_data_by_resource_server(self) -> dict[str, TokenStorageData]:
        """All tokens of the namespace, by resource server."""
        return self._load(self.namespace)

    def remove_token_data(self, resource_server: str) -> bool:
        """Remove the tokens of a resource server; False if there were none."""
        with self.transaction():
            records = self._load(self.namespace)
            found = records.pop(resource_server, None) is not None
            if found:
                self._save(self.namespace, records)
        return found

    def iter_namespaces(self) -> Iterator[str]:
        """The namespaces that hold tokens."""
        return iter(self._namespaces())

    def remove_namespace(self, namespace: str | None = None) -> bool:
        """Remove all tokens of a namespace, by default this one's; False if there were none."""
        name = self.namespace if namespace is None else namespace
        with self.transaction():
            found = self._get(self._service, name) is not None
            self._save(name, {})
        return found

    @contextmanager
    def _transaction(self) -> Generator[Self]:
        # The keyring has no locks: this one lies where files of the app would.
        path = real_path(app_path("keyring", self.client_id, self.environment, "keyring"))
        with lock_for(path).hold(optional=True):
            yield self

    @property
    def _service(self) -> str:
        return f"globus_typed/{self.client_id}/{environment_name(self.environment)}"

    def _service_of(self, namespace: str) -> str:
        """The service of the entries for single resource servers."""
        return f"{self._service}#{namespace}"

    def _load(self, namespace: str) -> dict[str, TokenStorageData]:
        text = self._get(self._service, namespace)
        names = _split_names(_parsed(text)) if text is not None else None
        if names is None:
            return self._tokens(namespace, text)
        with self.transaction():  # so that no entry is removed between this and that
            tokens: dict[str, TokenStorageData] = {}
            for name in _split_names(_parsed(self._get(self._service, namespace))) or ():
                record = self._get(self._service_of(namespace), name)
                tokens |= self._tokens(namespace, Secret(f"{{{json.dumps(name)}: {record or 'null'}}}"))
            return tokens

    def _tokens(self, namespace: str, text: Secret | None) -> dict[str, TokenStorageData]:
        """The tokens in an entry."""
        if text is None:
            return {}
        tokens, problem = _typed(text)
        if problem:
            raise StoreDamagedError(
                f"{self.location}: the entry for {clean(namespace, (), 200)} {problem}. It is left as it is; "
                "remove it with remove_namespace(), and log in again"
            )
        return tokens

    def _save(self, namespace: str, tokens: Mapping[str, TokenStorageData]) -> None:
        """Replace the tokens of a namespace, so that what a killed process leaves can always be read."""
        names = self._namespaces()
        former = _split_names(_parsed(self._get(self._service, namespace)))
        texts = {name: Secret(json.dumps(token.to_dict())) for name, token in tokens.items()}
        split: list[str] = []
        if not texts:
            self._delete(self._service, namespace)
            self._note([name for name in names if name != namespace])
        else:
            self._note(sorted({*names, namespace}))
            whole = Secret(f"{{{', '.join(f'{json.dumps(name)}: {text}' for name, text in texts.items())}}}")
            if former or not self._set(self._service, namespace, whole):
                split = list(texts)
                kept = all(self._set(self._service_of(namespace), name, text) for name, text in texts.items())
                if not kept or not self._set(self._service, namespace, Secret(json.dumps({_SPLIT: split}))):
                    raise StoreError(f"{self.location}: the keyring does not keep its entries; use another store")
        for name in former or ():
            if name not in split:
                self._delete(self._service_of(namespace), name)

    def _namespaces(self) -> list[str]:
        found = _parsed(self._get(f"{self._service}#namespaces", "all"))
        return [name for name in found if isinstance(name, str)] if is_list(found) else []

    def _note(self, namespaces: list[str]) -> None:
        """Keep the names of the namespaces, which no keyring can list."""
        if namespaces != self._namespaces():
            self._set(f"{self._service}#namespaces", "all", Secret(json.dumps(namespaces)))

    def _get(self, service: str, user: str) -> Secret | None:
        return self._call(lambda keyring: _secret(keyring.get_password(service, user)))

    def _set(self, service: str, user: str, text: Secret) -> bool:
        """Set an entry; whether the keyring has it now. Some refuse, cut or drop what is too long."""
        with suppress(StoreError):
            self._call(lambda keyring: keyring.set_password(service, user, str.__str__(text)))
        return self._get(service, user) == text

    def _delete(self, service: str, user: str) -> None:
        if self._get(service, user) is not None:
            self._call(lambda keyring: keyring.delete_password(service, user))

    def _call(self, work: Callable[[Keyring], T]) -> T:
        """The result of the work on the keyring; its errors, of whatever kind, are raised as those of a store."""
        backend = self.backend or _chosen_backend()
        from keyring.errors import KeyringLocked

        try:
            return work(backend)
        except KeyringLocked:
            error: StoreError = StoreLockedError(f"{self.location}: the keyring is locked; unlock it and try again")
        except Exception as failure:  # backends raise those of what they are built on
            error = StoreError(f"{self.location}: the keyring cannot be used ({type(failure).__name__})")
        # Raised out here, it has no context, which could hold tokens.
        raise error

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.client_id!r}, namespace={self.namespace!r})"


def _chosen_backend() -> Keyring:
    """The backend that the package keyring chooses, if it is one to trust."""
    try:
        import keyring
        from keyring.backends import chainer, fail, null
    except ImportError:
        raise GlobusOptionalDependencyError(("keyring",), "KeyringTokenStorage", "keyring") from None
    backend: KeyringBackend | None = keyring.get_keyring()
    if isinstance(backend, chainer.ChainerBackend):
        chain: list[KeyringBackend] = backend.backends
        backend = next(iter(chain), None)  # which gets what is stored
    if backend is None or isinstance(backend, (fail.Keyring, null.Keyring)):
        raise StoreError(
            "there is no keyring in this session, as is usual on servers; use JSONTokenStorage, whose file only you "
            "can read, and which can be encrypted"
        )
    kind = type(backend)
    if "plaintext" in kind.__name__.lower():
        raise StoreError(
            f"the keyring of this session is {kind.__module__}.{kind.__name__}, which keeps tokens in plain text; use "
            "JSONTokenStorage, which can be encrypted, or give it as the backend if it is meant"
        )
    return backend


def _secret(text: str | None) -> Secret | None:
    return None if text is None else Secret(text)


def _parsed(text: Secret | None) -> Any:
    try:
        return from_json(text or "null")
    except ValueError:
        return None


def _split_names(value: object) -> list[str] | None:
    """The resource servers that have entries of their own; None for an entry that holds the tokens itself."""
    names = value.get(_SPLIT) if is_object(value) else None
    return [name for name in names if isinstance(name, str)] if is_list(names) else None


def _typed(text: Secret) -> tuple[dict[str, TokenStorageData], str]:
    """The tokens in an entry, and what is wrong with it."""
    records = _parsed(text)
    if not is_object(records):
        return {}, "is no JSON object"
    tokens: dict[str, TokenStorageData] = {}
    name = ""
    try:
        for name, record in records.items():
            tokens[name] = TokenStorageData.from_dict(record if is_object(record) else {})
    except ValidationError as error:
        return {}, f"has no tokens for {clean(name, (), 200)}: {explain(error)}".replace("\n", "; ")
    return tokens, ""
