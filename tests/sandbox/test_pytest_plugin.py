"""The fixture `globus_sandbox`, as the tests of another project meet it."""

import os
import subprocess
import sys
from pathlib import Path


def run(directory: Path, test: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    (directory / "test_it.py").write_text(test)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", *arguments, "test_it.py"],
        cwd=directory,
        capture_output=True,
        text=True,
        timeout=120,
        env={
            **os.environ,
            "GLOBUS_SDK_ENVIRONMENT": "preview",
            "GLOBUS_SDK_TRANSFER_TOKEN": "of-another-globus",
            "GLOBUS_SDK_GROUPS_TOKEN": "of-another-globus",
            **environment,
        },
    )


def test_it_sets_the_environment_for_one_test_and_then_as_it_was(tmp_path: Path) -> None:
    test = """
import os
from globus_typed import AccessTokenAuthorizer, TransferClient

def test_with(globus_sandbox):
    assert "GLOBUS_SDK_ENVIRONMENT" not in os.environ
    assert os.environ["GLOBUS_SDK_TRANSFER_TOKEN"] != "of-another-globus"
    assert os.environ["GLOBUS_SDK_GROUPS_TOKEN"] != "of-another-globus"
    (globus_sandbox.source.root / "new.txt").write_text("hello")
    with TransferClient(AccessTokenAuthorizer(globus_sandbox.access_token())) as tc:
        assert tc.base_url == globus_sandbox.url + "/"
        assert "new.txt" in [entry.name for entry in tc.operation_ls(globus_sandbox.source.id, "/~/")]

def test_without():
    assert os.environ["GLOBUS_SDK_ENVIRONMENT"] == "preview"
    assert os.environ["GLOBUS_SDK_TRANSFER_TOKEN"] == "of-another-globus"
    assert "GLOBUS_SANDBOX_CLIENT_ID" not in os.environ

def test_with_a_fresh_one(globus_sandbox):
    assert not (globus_sandbox.source.root / "new.txt").exists()
"""
    done = run(tmp_path, test)
    assert "3 passed" in done.stdout, done.stdout + done.stderr


def test_a_project_that_does_not_use_it_pays_nothing_for_it(tmp_path: Path) -> None:
    test = """
import sys

def test_nothing_is_imported():
    assert "globus_typed.sandbox.pytest_plugin" in sys.modules
    assert not {"fastapi", "uvicorn", "starlette", "jose", "typer", "httpx", "pydantic"} & sys.modules.keys()
"""
    # Plugins that this environment happens to have are not what is asked about.
    done = run(tmp_path, test, "-p", "globus_typed.sandbox.pytest_plugin", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    test = """
import sys
sys.modules["fastapi"] = None

def test_with(globus_sandbox):
    pass
"""
    done = run(tmp_path, test)
    assert done.returncode == 1
    assert 'pip install "globus-typed[sandbox]"' in done.stdout


def test_an_app_that_is_logged_in(tmp_path: Path) -> None:
    test = """
from globus_typed import TransferClient

def test_app(globus_app, globus_sandbox):
    with TransferClient(app=globus_app) as tc:
        assert tc.get_endpoint(globus_sandbox.source.id).display_name == "Sandbox Source"
    assert globus_app.logins == 1
    assert not globus_app.login_required()
"""
    done = run(tmp_path, test)
    assert "1 passed" in done.stdout, done.stdout + done.stderr
