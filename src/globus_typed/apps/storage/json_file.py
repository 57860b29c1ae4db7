"""`JSONTokenStorage`: tokens in a JSON file, in the format of the official layer."""

import json
import os
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from itertools import count
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from globus_typed._version import __version__
from globus_typed.apps.errors import StoreDamagedError, StoreKeyError, StorePermissionError
from globus_typed.apps.storage.encryption import KeyFrom, decrypted, encrypted
from globus_typed.apps.storage.file_storage import FileTokenStorage, IfReadOnly
from globus_typed.apps.storage.files import OnInsecure, explained, read_private, warn_once, write_private
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.core.json_data import is_object
from globus_typed.core.outside_text import clean
from globus_typed.core.problems import explain
from globus_typed.errors import GlobusUsageError

__all__ = ["JSONTokenStorage"]

_Document = dict[str, Any]
_WRITER = f"globus-typed {__version__}"
"""The version in a new file: the official layer wants a string there."""
_KNOWN = TokenStorageData.model_fields


class JSONTokenStorage(FileTokenStorage):
    """A token store in a JSON file, as globus-sdk reads and writes it too: format 2.0; 1.0 is read.

    The file has the mode 0600, in a directory of the mode 0700 where that is made for it. It is replaced as a whole
    under a lock, so that threads and processes can share it, and at no moment, not even of a crash, it is half written.
    What this package does not know in it is kept.

    Parameters: those of `FileTokenStorage`; `encryption_key_from`, where the key comes from with which the file is
    encrypted: the ``"environment"``, in ``GLOBUS_TYPED_TOKEN_KEY``, or the ``"keyring"``, which gets one. None: it is
    encrypted if that variable is set. The official layer cannot read such a file; one that is not encrypted yet can be
    read in any case. The extra ``encryption`` has what it needs.
    All methods raise `StoreDamagedError` for a file that is none of tokens, `StorePermissionError` for one that belongs
    to another user, is insecure and to be refused, or cannot be read or written, `StoreKeyError` for one whose key is
    missing, and `StoreLockedError` if another process holds the lock for 30 seconds.
    """

    file_format = "json"

    def __init__(
        self,
        filepath: "str | os.PathLike[str]",
        *,
        namespace: str = "DEFAULT",
        on_insecure: OnInsecure = "repair",
        if_read_only: IfReadOnly = "raise",
        encryption_key_from: KeyFrom | None = None,
    ) -> None:
        super().__init__(filepath, namespace=namespace, on_insecure=on_insecure, if_read_only=if_read_only)
        if encryption_key_from not in (None, "environment", "keyring"):
            raise GlobusUsageError(
                f"encryption_key_from: must be 'environment', 'keyring' or None, got {encryption_key_from!r}"
            )
        self.encryption_key_from: KeyFrom | None = encryption_key_from
        self._unwritten = _Unwritten()

    def store_token_data_by_resource_server(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData]
    ) -> None:
        """Store the tokens of these resource servers; those of others stay, and so do members that are not known."""
        new = {name: token.to_dict() for name, token in token_data_by_resource_server.items()}

        def store(document: _Document) -> bool:
            tokens = document["data"].setdefault(self.namespace, {})
            for resource_server, token in new.items():
                # What is stored keeps its order, and what is not known here.
                former = tokens.get(resource_server, {})
                kept = {name: former[name] for name in former if name in token or name not in _KNOWN}
                tokens[resource_server] = {**kept, **token}
            return True

        self._change(store)

    def get_token_data_by_resource_server(self) -> dict[str, TokenStorageData]:
        """All tokens of the namespace, by resource server; none if there is no file."""
        found = self._load()[1]["data"].get(self.namespace, {})
        return {name: self._token(name, record) for name, record in found.items()}

    def remove_token_data(self, resource_server: str) -> bool:
        """Remove the tokens of a resource server; False if there were none."""
        return self._change(
            lambda document: document["data"].get(self.namespace, {}).pop(resource_server, None) is not None
        )

    def iter_namespaces(self) -> Iterator[str]:
        """The namespaces in the file that hold tokens."""
        return iter([name for name, tokens in self._load()[1]["data"].items() if tokens])

    def remove_namespace(self, namespace: str | None = None) -> bool:
        """Remove all tokens of a namespace, by default this one's; False if there were none."""
        name = self.namespace if namespace is None else namespace
        return self._change(lambda document: bool(document["data"].pop(name, None)))

    def reset(self) -> Path | None:
        """Begin anew where the file is damaged, or its key is lost: it is moved aside, to the path that is returned.

        None, and nothing is done, for a file that can be read, or none.
        """
        with self.transaction():
            try:
                self.get_token_data_by_resource_server()
            except (StoreDamagedError, StoreKeyError):
                path = self._path
                if not path.is_file():
                    raise
                names = (f"{path.name}.damaged{f'-{number}' * (number > 1)}" for number in count(1))
                kept = next(each for each in map(path.with_name, names) if not each.exists())
                explained(path, lambda: path.rename(kept))
                return kept
        return None

    def _change(self, change: Callable[[_Document], bool]) -> bool:
        """Read, change and write the file; it is not written if `change` answers False."""
        with self.transaction():
            content, document = self._load()
            has_tokens = any(document["data"].values())
            if not change(document):
                return False
            path = self._path
            new = encrypted(json.dumps(document).encode(), path, self.encryption_key_from)
            try:
                write_private(path, new, self._lock.check)
            except StorePermissionError as error:
                if self.if_read_only == "raise" or content is None or not has_tokens:
                    raise
                self._unwritten = _Unwritten(content, document)
                warn_once(path, f"{error}. Until then, new tokens are in the memory of this process alone")
        return True

    def _load(self) -> tuple[bytes | None, _Document]:
        """The content of the file, and the document in it, in format 2.0; an empty one if there is no file."""
        path = self._path
        content = read_private(path, self.on_insecure)
        if content is None:
            return None, {"data": {}, "format_version": "2.0", "globus-sdk.version": _WRITER}
        self._check_directory()
        # Another process may have been able to write it meanwhile.
        if self._unwritten.document and self._unwritten.content == content:
            return content, deepcopy(self._unwritten.document)
        try:
            text = decrypted(content, path, self.encryption_key_from).removeprefix(BOM_UTF8).decode()
            document = json.loads(text, object_pairs_hook=_unique)
        except (ValueError, RecursionError) as error:
            # Its own message may hold the text, and so tokens.
            problem = f"is no JSON ({getattr(error, 'msg', type(error).__name__)})" if content.strip() else "is empty"
        else:
            problem = _problem(document)
            if not problem:
                return content, _as_2_0(document)
        raise self._damaged(problem)

    def _token(self, resource_server: str, record: object) -> TokenStorageData:
        try:
            return TokenStorageData.from_dict(record if is_object(record) else {})
        except ValidationError as error:
            problem = explain(error).replace("\n", "; ")
        raise self._damaged(f"the tokens for {clean(resource_server, (), 200)} cannot be read: {problem}")

    def _damaged(self, problem: str) -> StoreDamagedError:
        return StoreDamagedError(
            f"{self.filepath}: {problem}. It is left as it is; restore it, or move it away and log in again "
            "(`globus-typed logout --reset`, or `reset()` of the store, keeps a copy)"
        )


class _Unwritten:
    """The content that a store would have written, had it been able to, instead of that of the file."""

    def __init__(self, content: bytes = b"", document: _Document | None = None) -> None:
        self.content, self.document = content, document

    def __reduce__(self) -> tuple[type["_Unwritten"], tuple[()]]:
        return _Unwritten, ()  # tokens leave the process through files alone


def _unique(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) < len(members):
        raise json.JSONDecodeError("a member stands twice", "", 0)
    return found


def _problem(document: object) -> str:
    """The fault of a file that is no file of tokens; empty for one that is."""
    if not is_object(document):
        return "holds no JSON object"
    version = document.get("format_version")
    if version not in ("1.0", "2.0"):
        shown = clean(str(version), (), 40) if version is not None else "none"
        return f"is of no format that this version reads: format_version is {shown}, and must be 1.0 or 2.0"
    tokens = {"DEFAULT": document.get("by_rs")} if version == "1.0" else document.get("data")
    if not is_object(tokens) or not all(is_object(each) for each in tokens.values()):
        return f"is no file of tokens: {'by_rs' if version == '1.0' else 'data'} is missing or malformed"
    if not all(is_object(record) for each in tokens.values() for record in each.values()):
        return "is no file of tokens: a record in it is no JSON object"
    return ""


def _as_2_0(document: _Document) -> _Document:
    """The document in format 2.0, its members in their order."""
    if document["format_version"] == "1.0":
        document = {("data" if name == "by_rs" else name): value for name, value in document.items() if name != "data"}
        document["data"], document["format_version"] = {"DEFAULT": document["data"]}, "2.0"
    document.setdefault("globus-sdk.version", _WRITER)
    return document
