"""Where the tokens of apps lie."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from globus_sdk import GlobusAppConfig as OfficialConfig
from globus_sdk import UserApp as OfficialApp

from globus_typed import GlobusUsageError
from globus_typed.apps.errors import StoreError
from globus_typed.apps.storage.json_file import JSONTokenStorage
from globus_typed.apps.storage.memory import MemoryTokenStorage
from globus_typed.apps.storage.places import app_path, slug

CLIENT_ID = "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001"


@dataclass(frozen=True)
class Config:
    environment: str | None = "production"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("GLOBUS_TYPED_TOKEN_DIR", "GLOBUS_SDK_ENVIRONMENT"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.parametrize("environment", ["production", "preview"])
@pytest.mark.parametrize("app_name", ["My App", "a/b.c", "日本 App", 'q<>:"|?*\\', "tab\there", "x" * 64])
def test_the_place_is_that_of_the_official_layer(app_name: str, environment: str) -> None:
    with OfficialApp(app_name, client_id=CLIENT_ID, config=OfficialConfig(environment=environment)) as app:
        official = app.token_storage.token_storage
    ours = JSONTokenStorage.for_globus_app(
        app_name=app_name, config=Config(environment), client_id=CLIENT_ID, namespace="DEFAULT"
    )
    assert ours.filepath == getattr(official, "filepath")  # noqa: B009  # of a subclass
    assert ours.namespace == "DEFAULT"


def test_the_place_is_made_when_tokens_are_stored(home: Path) -> None:
    storage = JSONTokenStorage.for_globus_app(
        app_name="My App", config=Config(None), client_id=CLIENT_ID, namespace="staff"
    )
    assert storage.get_token_data_by_resource_server() == {}
    assert storage.location == str(home / ".globus" / "app" / CLIENT_ID / "my-app" / "tokens.json")
    assert list(home.iterdir()) == []
    assert storage.if_read_only == "keep in memory"


@dataclass(frozen=True)
class StrictConfig(Config):
    on_insecure: str = "refuse"


def test_a_config_can_have_insecure_files_refused() -> None:
    for config, expected in ((Config(), "repair"), (StrictConfig(), "refuse")):
        storage = JSONTokenStorage.for_globus_app(app_name="x", config=config, client_id=CLIENT_ID, namespace="DEFAULT")
        assert storage.on_insecure == expected


def test_a_store_in_memory_is_made_for_an_app_too() -> None:
    storage = MemoryTokenStorage.for_globus_app(app_name="x", config=Config(), client_id=CLIENT_ID, namespace="staff")
    assert storage.namespace == "staff"


def test_a_variable_names_another_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOBUS_TYPED_TOKEN_DIR", str(tmp_path / "other"))
    monkeypatch.setenv("GLOBUS_SDK_ENVIRONMENT", "preview")
    assert app_path("A", CLIENT_ID, None, "db") == tmp_path / "other" / CLIENT_ID / "a" / "preview-tokens.db"
    monkeypatch.setenv("GLOBUS_TYPED_TOKEN_DIR", "~/other")
    assert app_path("A", CLIENT_ID, "production", "db") == tmp_path / "other" / CLIENT_ID / "a" / "tokens.db"


def test_a_long_name_is_cut_and_stays_another_one() -> None:
    one, other = slug("x" * 65), slug("x" * 66)
    assert one != other
    assert one.startswith("x" * 64 + "-")
    assert len(one) == 77
    assert len(slug("日" * 300).encode()) < 255


@pytest.mark.parametrize("name", ["", "\t", "con", "NUL", "com1", "LPT9"])
def test_a_name_that_can_be_no_directory_is_refused(name: str) -> None:
    with pytest.raises(GlobusUsageError, match="app_name"):
        slug(name)


@pytest.mark.parametrize("value", [None, "", "relative"])
def test_without_a_home_in_the_environment_the_list_of_users_has_it(
    value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pwd

    if value is None:
        monkeypatch.delenv("HOME")
    else:
        monkeypatch.setenv("HOME", value)
    home = pwd.getpwuid(os.getuid()).pw_dir
    assert app_path("A", CLIENT_ID, "production", "json") == Path(home, ".globus/app", CLIENT_ID, "a/tokens.json")

    def unknown(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    with pytest.raises(StoreError, match=r"no home directory.*GLOBUS_TYPED_TOKEN_DIR"):
        app_path("A", CLIENT_ID, "production", "json")


@pytest.mark.parametrize("variable", ["LOCALAPPDATA", "APPDATA", None])
def test_on_windows_the_place_is_that_of_its_applications(
    variable: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOCALAPPDATA", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv(variable, str(tmp_path / "data"))
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", "win32")
        found = app_path("A", CLIENT_ID, "production", "json")
    data = tmp_path / "data" if variable else tmp_path / "AppData" / "Local"
    assert found == data / "globus" / "app" / CLIENT_ID / "a" / "tokens.json"
