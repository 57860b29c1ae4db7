"""Names load when they are first used, and bring no more than they need."""

import subprocess
import sys
from types import ModuleType

import pytest

import globus_typed
import globus_typed.auth
import globus_typed.files
import globus_typed.transfer

HEAVY = {"anyio", "fastapi", "httpx", "jose", "multipart", "pydantic", "rich", "typer", "uvicorn"}
STORES = {"cryptography", "filelock", "http.server", "keyring", "sqlite3", "webbrowser"}
SANDBOX = HEAVY - {"anyio", "httpx", "pydantic", "rich"}  # httpx brings rich along where it is there
APP = (
    "from globus_typed import TransferClient, UserApp; "
    "app = UserApp('x', client_id='ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001')"
)
PACKAGES = pytest.mark.parametrize(
    "package",
    [globus_typed, globus_typed.auth, globus_typed.files, globus_typed.transfer],
    ids=lambda package: package.__name__,
)


def loaded(code: str) -> set[str]:
    """The modules that are there after the code has run in a fresh interpreter."""
    code = f"{code}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import globus_typed", HEAVY),
        ("import globus_typed.transfer, globus_typed.auth", HEAVY),
        ("import globus_typed.sandbox", HEAVY),
        ("import globus_typed; dir(globus_typed); globus_typed.__version__", HEAVY),
        ("from globus_typed import NotFoundError", HEAVY - {"pydantic"}),
        ("from globus_typed import AccessTokenAuthorizer", HEAVY - {"pydantic"}),
        ("from globus_typed import TransferData", HEAVY - {"pydantic"} | {"globus_typed.auth"}),
        ("from globus_typed import TokenResponse", HEAVY - {"pydantic"} | {"globus_typed.transfer"}),
        ("from globus_typed.auth import NativeAppFlow", HEAVY - {"pydantic"} | {"globus_typed.auth.documents.token"}),
        ("from globus_typed import TransferClient", SANDBOX | {"globus_typed.auth", "globus_typed.core.async_client"}),
        ("from globus_typed import AsyncTransferClient", SANDBOX | {"globus_typed.auth", "globus_typed.core.client"}),
        ("from globus_typed import NativeAppAuthClient", SANDBOX | {"globus_typed.transfer"}),
        ("from globus_typed import UserApp", HEAVY - {"pydantic"} | STORES | {"globus_typed.auth.client"}),
        ("from globus_typed import ClientApp, GlobusAppConfig", HEAVY - {"pydantic"} | STORES),
        ("from globus_typed import LocalGlobusConnectPersonal", HEAVY - {"pydantic"} | {"globus_typed.core.client"}),
        (
            "from globus_typed import CollectionFiles",
            HEAVY - {"pydantic"} | {"fsspec", "ssl", "globus_typed.transfer.client"},
        ),
        (f"{APP}; TransferClient(app=app)", {"httpx", "anyio", "asyncio", "globus_typed.auth.client"} | STORES),
    ],
)
def test_a_name_brings_only_what_it_needs(code: str, absent: set[str]) -> None:
    found = loaded(code)
    assert "globus_typed" in found
    assert not found & absent


def test_an_import_builds_no_schema() -> None:
    # Pydantic looks for its plugins when the first schema is built: that brings importlib.metadata, email and zipfile.
    names = "NativeAppAuthClient, RefreshTokenAuthorizer, TransferClient, AsyncTransferClient, TransferData"
    assert "pydantic.plugin._loader" not in loaded(f"from globus_typed import {names}")


@PACKAGES
def test_every_public_name_is_there(package: ModuleType) -> None:
    assert len(set(package.__all__)) == len(package.__all__)
    assert set(package.__all__) <= set(dir(package))
    for name in package.__all__:
        assert getattr(package, name) is getattr(package, name)


@PACKAGES
def test_a_star_import_brings_every_public_name(package: ModuleType) -> None:
    space: dict[str, object] = {}
    exec(f"from {package.__name__} import *", space)
    assert set(package.__all__) <= set(space)


@PACKAGES
def test_a_name_that_is_none_is_an_attribute_error(package: ModuleType) -> None:
    with pytest.raises(AttributeError, match=rf"module '{package.__name__}' has no attribute 'TransferCleint'"):
        _ = package.TransferCleint
    with pytest.raises(ImportError, match="TransferCleint"):
        exec(f"from {package.__name__} import TransferCleint")
    assert not hasattr(package, "__wrapped__")


def test_a_missing_extra_says_what_to_install() -> None:
    code = """
import sys
sys.modules["uvicorn"] = None  # as where it is not installed
import globus_typed.sandbox
try:
    globus_typed.sandbox.Sandbox
except globus_typed.GlobusOptionalDependencyError as error:
    assert 'pip install "globus-typed[sandbox]"' in str(error), error
else:
    raise AssertionError
"""
    assert "globus_typed.sandbox" in loaded(code)


def test_errors_are_found_where_programs_written_for_globus_sdk_look_for_them() -> None:
    from globus_typed import exc

    for name in exc.__all__:
        assert getattr(exc, name) is getattr(globus_typed.errors, name)
