"""Programs trust the sandbox's certificates by its environment, and all that they trusted before."""

import os
import shutil
import ssl
import subprocess
import sys
import time
from pathlib import Path

import certifi
import httpx
import pytest
from trustme import CA

from globus_typed import GlobusUsageError
from globus_typed.core.transport import http_client
from globus_typed.sandbox import Sandbox

FILES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*FILES, "GLOBUS_SDK_VERIFY_SSL", "GLOBUS_SDK_SSL_VERIFY"):
        monkeypatch.delenv(name, raising=False)


def blocks(path: str) -> set[str]:
    """The certificates in a file."""
    return {
        part.partition("-----END")[0].strip() for part in Path(path).read_text().split("-----BEGIN CERTIFICATE")[1:]
    }


def status(sandbox: Sandbox, *command: str) -> str:
    """The output of a program that gets a file without a token."""
    environment = {**os.environ, **sandbox.environment}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_public_authorities_stay_trusted() -> None:
    with Sandbox() as sandbox:
        bundle = sandbox.environment["SSL_CERT_FILE"]
        assert {sandbox.environment[name] for name in FILES if name in sandbox.environment} >= {bundle}
        assert blocks(bundle) > blocks(certifi.where())
        assert str(sandbox.ca_file) == bundle
        (own,) = blocks(sandbox.environment["NODE_EXTRA_CA_CERTS"])
        assert own in blocks(bundle)
        assert "PRIVATE KEY" not in Path(bundle).read_text()


def test_what_the_environment_names_stays_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "lab.pem"
    own.write_text(f"Our lab\n{CA().cert_pem.bytes().decode()}")
    for name in ("SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "GLOBUS_SDK_VERIFY_SSL"):
        monkeypatch.setenv(name, str(own))
    with Sandbox() as sandbox:
        for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "GLOBUS_SDK_VERIFY_SSL"):
            assert blocks(sandbox.environment[name]) > blocks(str(own))
    monkeypatch.setenv("GLOBUS_SDK_VERIFY_SSL", "no")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "nowhere"))
    with Sandbox() as sandbox:
        assert "GLOBUS_SDK_VERIFY_SSL" not in sandbox.environment
        assert blocks(sandbox.environment["SSL_CERT_FILE"]) > blocks(certifi.where())


def test_the_files_are_there_until_the_last_sandbox_stops() -> None:
    with Sandbox() as first:
        bundle = first.ca_file
        with Sandbox() as second:
            assert second.ca_file == bundle
        assert bundle.exists()
    assert not bundle.parent.exists()
    with Sandbox() as third:
        assert third.ca_file == bundle
        assert "certificate" not in repr(third)


def test_a_place_that_was_taken_meanwhile_is_left_alone() -> None:
    with Sandbox() as sandbox:
        bundle = sandbox.ca_file
    bundle.parent.mkdir()
    try:
        with Sandbox() as sandbox:
            assert sandbox.ca_file.parent != bundle.parent
    finally:
        bundle.parent.rmdir()


def test_clients_of_the_process_trust_it_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those too that are made where another client has read the certificates before."""
    with Sandbox() as sandbox:
        request = httpx.Request("GET", f"{sandbox.source.https_server}/x")
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            http_client(True).send(request)
        for name, value in sandbox.environment.items():
            monkeypatch.setenv(name, value)
        assert http_client(True).send(request).status_code == 302


def test_a_client_may_be_given_the_file() -> None:
    with Sandbox() as sandbox:
        context = ssl.create_default_context(cafile=str(sandbox.ca_file))
        assert httpx.get(f"{sandbox.source.https_server}/x", verify=context).status_code == 302
    with pytest.raises(GlobusUsageError):
        Sandbox().ca_file  # noqa: B018  # it has not been started


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
def test_curl() -> None:
    with Sandbox() as sandbox:
        url = f"{sandbox.source.https_server}/welcome.txt"
        assert status(sandbox, "curl", "-sS", "-o", os.devnull, "-w", "%{http_code}", url) == "302"
        header = f"Authorization: Bearer {sandbox.access_token(sandbox.source.https_scope)}"
        assert status(sandbox, "curl", "-sS", "-H", header, url).startswith("This is the source")
        new = status(sandbox, "curl", "-sS", "-H", header, "-T", __file__, "-w", "%{http_code}", f"{url}.new")
        assert new == "200"
        assert (sandbox.source.root / "welcome.txt.new").read_bytes() == Path(__file__).read_bytes()


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node")
def test_node() -> None:
    with Sandbox() as sandbox:
        script = "require('https').get(process.argv[1], answer => console.log(answer.statusCode))"
        assert status(sandbox, "node", "-e", script, f"{sandbox.source.https_server}/x") == "302"


def test_urllib() -> None:
    with Sandbox() as sandbox:
        script = "import sys, urllib.request as r\nprint(r.urlopen(r.Request(sys.argv[1], method='OPTIONS')).status)"
        assert status(sandbox, sys.executable, "-c", script, f"{sandbox.source.https_server}/x") == "204"


def test_idle_connections_keep_no_sandbox_from_stopping() -> None:
    clients: list[httpx.Client] = []
    with Sandbox() as sandbox:
        context = ssl.create_default_context(cafile=str(sandbox.ca_file))
        for _ in range(5):
            clients.append(httpx.Client(verify=context))
            clients[-1].get(f"{sandbox.source.https_server}/x")
        began = time.monotonic()
    assert time.monotonic() - began < 1.5
    with pytest.raises(httpx.TransportError):
        clients[0].get(f"{sandbox.url}/x")
    for client in clients:
        client.close()
