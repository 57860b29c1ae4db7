"""The authority that certifies the sandboxes of this process, and the files with which programs trust it."""

import os
import re
import shutil
import ssl
import tempfile
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from threading import RLock

import certifi
import trustme

from globus_typed.errors import GlobusUsageError

__all__ = ["AUTHORITY", "Authority"]

_HOSTS = ("127.0.0.1", "localhost")
_FILES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_OF_THE_SDK = ("GLOBUS_SDK_VERIFY_SSL", "GLOBUS_SDK_SSL_VERIFY")
_NODE = "NODE_EXTRA_CA_CERTS"
_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----")


class Authority:
    """An authority with a certificate for 127.0.0.1; every method may be called from any thread.

    Its own key is never written down. The files are there as long as somebody holds them.
    """

    def __init__(self) -> None:
        self._lock = RLock()
        self._holders: set[object] = set()
        self._directory: Path | None = None
        # The one that has written them, 0 where they are not there: another one, forked from it, leaves them there.
        self._process = 0

    @cached_property
    def _ca(self) -> trustme.CA:
        return trustme.CA(organization_name="globus_typed sandbox", organization_unit_name="On this machine alone")

    @cached_property
    def _context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        with self._ca.issue_cert(*_HOSTS).private_key_and_cert_chain_pem.tempfile() as path:
            context.load_cert_chain(path)
        return context

    def server_context(self) -> ssl.SSLContext:
        """The TLS context of a server on 127.0.0.1."""
        with self._lock:
            return self._context

    def bundle(self, holder: object) -> Path:
        """The file of all that is trusted: what was before, and this authority.

        It is the same file for all holders, so that a process reads it once. Raises `GlobusUsageError` where it cannot
        be written.
        """
        return self._files(holder) / "trusted.pem"

    def environment(self, holder: object) -> dict[str, str]:
        """The environment variables with which programs trust this authority, besides what they trusted before."""
        bundle = str(self.bundle(holder))
        return {
            **dict.fromkeys(_FILES, bundle),
            _NODE: str(self._files(holder) / "authority.pem"),
            # A file that the SDK is told of would win; where the check is turned off, it stays so.
            **{name: bundle for name in _OF_THE_SDK if os.path.isfile(os.environ.get(name, ""))},
        }

    def release(self, holder: object) -> None:
        """Remove the files when nobody holds them any more."""
        with self._lock:
            self._holders.discard(holder)
            if not self._holders and self._process == os.getpid() and self._directory is not None:
                shutil.rmtree(self._directory, ignore_errors=True)
                self._process = 0

    def _files(self, holder: object) -> Path:
        with self._lock:
            self._holders.add(holder)
            if self._directory is None or not self._process:
                try:
                    self._directory = self._written(self._directory)
                except OSError as error:
                    raise GlobusUsageError(f"sandbox: its certificates cannot be written: {error}") from error
                self._process = os.getpid()
            return self._directory

    def _written(self, again: Path | None) -> Path:
        authority = self._ca.cert_pem.bytes()
        found = dict.fromkeys(block for path in _trusted_before() for block in _certificates(path))
        node = os.environ.get(_NODE)
        directory = _made(again)
        (directory / "trusted.pem").write_bytes(b"\n".join([*found, authority]))
        (directory / "authority.pem").write_bytes(b"\n".join([*(_certificates(node) if node else ()), authority]))
        return directory


def _made(again: Path | None) -> Path:
    """A directory that only this user can read: the one that was there before, if there can be one."""
    if again is not None:
        with suppress(OSError):
            again.mkdir(mode=0o700)
            return again
    return Path(tempfile.mkdtemp(prefix="globus-sandbox-trust-"))


def _trusted_before() -> list[str]:
    """The files of what Python programs and curl trust on this machine."""
    by_default = ssl.get_default_verify_paths()
    named = map(os.environ.get, (*_FILES, *_OF_THE_SDK))
    found = [certifi.where(), by_default.cafile, by_default.openssl_cafile, *named]
    return [path for path in dict.fromkeys(found) if path]


def _certificates(path: str) -> list[bytes]:
    """The certificates in a file; none where it cannot be read."""
    try:
        return _CERTIFICATE.findall(Path(path).read_bytes())
    except OSError:
        return []


AUTHORITY: Authority = Authority()
"""The authority of all sandboxes of this process."""
