"""Encrypted files of tokens: Fernet, with a key from the environment or from the keyring of the user's session."""

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from globus_typed.apps.errors import StoreDamagedError, StoreKeyError
from globus_typed.core.http_info import Secret
from globus_typed.errors import GlobusOptionalDependencyError

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

__all__ = ["TOKEN_KEY", "KeyFrom", "decrypted", "encrypted"]

TOKEN_KEY = "GLOBUS_TYPED_TOKEN_KEY"
"""The environment variable with the key; or several of them, separated by commas, of which the first encrypts."""
KeyFrom = Literal["environment", "keyring"]
"""Where the key of an encrypted store comes from."""

_HEADER = b"globus-typed encrypted tokens 1 fernet "
"""The start of an encrypted file: its format and its cipher; then the id of the key, and a line break."""
_MAKE = 'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
_SERVICE = "globus_typed token key"
"""The name under which a keyring has the keys of stores, each by the path of its file."""


def encrypted(content: bytes, path: Path, key_from: KeyFrom | None) -> bytes:
    """The text to write for the content of a store: encrypted, if the key is to come from somewhere, or is in the
    environment. A keyring that has no key yet gets one; the lock of the store must be held.

    Raises `StoreKeyError` where there is no key.
    """
    keys = _keys(path, key_from, make=True)
    if not keys:
        return content
    return b"%s%s\n%s\n" % (_HEADER, _key_id(keys[0]).encode(), _fernet(keys[0]).encrypt(content))


def decrypted(content: bytes, path: Path, key_from: KeyFrom | None) -> bytes:
    """The content of a store, which may be encrypted or not.

    Raises `StoreKeyError` where its key is missing, `StoreDamagedError` where it was changed since.
    """
    if not content.startswith(_HEADER):
        return content
    head, _, body = content[len(_HEADER) :].partition(b"\n")
    wanted = head.strip().decode("ascii", "replace")[:40]
    keys = _keys(path, key_from, make=False)
    found = next((key for key in keys if _key_id(key) == wanted), None)
    if found is None:
        place = "the keyring" if key_from == "keyring" else TOKEN_KEY
        there = f"has only {', '.join(map(_key_id, keys))}" if keys else "has none"
        raise StoreKeyError(f"{path}: is encrypted with the key {wanted!r}, and {place} {there}; give it that key")
    fernet = _fernet(found)
    from cryptography.fernet import InvalidToken  # after the message that says what to install

    try:
        return fernet.decrypt(body.strip())
    except InvalidToken:
        problem = f"{path}: is encrypted, and was changed or cut since; restore it, or move it away and log in again"
    raise StoreDamagedError(problem)


def _keys(path: Path, key_from: KeyFrom | None, *, make: bool) -> list[Secret]:
    if key_from == "keyring":
        return _keys_of_keyring(path, make=make)
    keys = [Secret(text.strip()) for text in os.environ.get(TOKEN_KEY, "").split(",") if text.strip()]
    if not keys and make and key_from:
        raise StoreKeyError(f"{path}: there is no key to encrypt it with; set {TOKEN_KEY} to what this prints: {_MAKE}")
    return keys


def _keys_of_keyring(path: Path, *, make: bool) -> list[Secret]:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise GlobusOptionalDependencyError(["keyring"], "a key from the keyring", "keyring") from None
    try:
        key = keyring.get_password(_SERVICE, str(path))
        if key is None and make:
            # A key that the keyring does not give back would lose the tokens.
            keyring.set_password(_SERVICE, str(path), Secret(_cipher().generate_key().decode()))
            key = keyring.get_password(_SERVICE, str(path))
            if key is None:
                raise StoreKeyError(f"{path}: the keyring did not keep its key; use {TOKEN_KEY} instead")
    except KeyringError as error:
        problem = f"{path}: the keyring cannot be used ({type(error).__name__}); use {TOKEN_KEY} instead"
    else:
        return [Secret(key)] if key else []
    raise StoreKeyError(problem)


def _fernet(key: Secret) -> "Fernet":
    try:
        return _cipher()(key)
    except ValueError:
        pass
    raise StoreKeyError(f"{TOKEN_KEY}: is no key, which has 44 characters; set it to what this prints: {_MAKE}")


def _cipher() -> "type[Fernet]":
    try:
        from cryptography.fernet import Fernet
    except ImportError:
        raise GlobusOptionalDependencyError(["cryptography"], "an encrypted token store", "encryption") from None
    return Fernet


def _key_id(key: Secret) -> str:
    """The start of a hash of the key, by which nobody can find it."""
    return sha256(f"globus-typed token key {key}".encode()).hexdigest()[:8]
