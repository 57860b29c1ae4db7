# Generated from test_async_misspelt_keywords.py by tools/unasync.py: change that file.
"""A misspelt keyword is refused before anything is sent, by every method of every client."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from globus_typed import GlobusError, GlobusUsageError
from globus_typed.core.client import Client

from .service import ID, Service, ok

pytestmark = pytest.mark.anyio

GIVEN: dict[str, object] = {
    "path": "/~/a",
    "oldpath": "/~/a",
    "newpath": "/~/b",
    "task_ids": [ID],
    "message": "why",
    "requirements_data": {"DATA_TYPE": "activation_requirements", "DATA": []},
}
EITHER = {
    "endpoint_search": "filter_fulltext",
    "get_client": "client_id",
    "get_identities": "ids",
    "get_identity_providers": "ids",
}


def clients(service: Service) -> list[Client]:
    return [service.transfer(), service.auth(), service.native(), service.confidential()]


def methods(client: Client) -> list[Callable[..., Any]]:
    names = [name for name, _ in inspect.getmembers(type(client), inspect.isfunction) if not name.startswith("_")]
    return [getattr(client, name) for name in names]


def slips(name: str) -> Iterator[str]:
    """Every slip of one letter: left out, doubled, swapped with the next, replaced by a neighbour; and endings."""
    for at, letter in enumerate(name):
        yield name[:at] + name[at + 1 :]
        yield name[:at] + letter + name[at:]
        yield name[:at] + name[at + 1 : at + 2] + letter + name[at + 2 :]
        yield name[:at] + (chr(ord(letter) + 1) if letter not in "z_" else "y") + name[at + 1 :]
    yield from (name + "s", name + "es", name + "ed")


def takes_params(method: Callable[..., Any]) -> bool:
    parameters = inspect.signature(method).parameters
    return "query_params" in parameters and any(each.kind is each.VAR_KEYWORD for each in parameters.values())


def arguments(method: Callable[..., Any]) -> dict[str, object]:
    needed = [
        name
        for name, each in inspect.signature(method).parameters.items()
        if each.default is each.empty and each.kind is each.POSITIONAL_OR_KEYWORD
    ]
    needed += [EITHER[method.__name__]] if method.__name__ in EITHER else []
    return {name: GIVEN.get(name, {} if name == "data" else ID) for name in needed}


def refusal(method: Callable[..., Any], **keywords: object) -> BaseException | None:
    try:
        result = method(**keywords)
        if inspect.isawaitable(result):
            _ = result
    except (GlobusUsageError, TypeError, ValidationError) as error:
        return error
    except GlobusError:
        return None  # from the response to what should not have been sent
    return None


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_every_slip_in_every_keyword_of_every_method_is_refused() -> None:
    service = Service(ok())
    wrong: list[str] = []
    walked = set[str]()
    for client in clients(service):
        for method in methods(client):
            own = {name for name, each in inspect.signature(method).parameters.items() if each.kind.value != 4}
            for name in own:
                for slip in set(slips(name)) - own - {""}:
                    error = refusal(method, **arguments(method), **{slip: None})
                    where = f"{method.__name__}({slip}=)"
                    if service.requests or error is None:
                        wrong.append(f"{where}: {error!r}")
                        service.requests.clear()
                    elif takes_params(method):
                        walked.add(method.__name__)
                        message = str(error)
                        if not (message.startswith(f"{method.__name__}: ") and "did you mean" in message):
                            wrong.append(f"{where}: {message}")
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:50])
    assert len(walked) == 67


def test_the_refusal_names_the_method_and_the_parameter_meant() -> None:
    service = Service(ok())
    with pytest.raises(GlobusUsageError, match=r'operation_ls: .*"filters"; did you mean "filter"\?'):
        service.transfer().operation_ls(ID, "/~/", filters="name:~*.tmp")  # type: ignore[call-arg]
    assert service.requests == []


def test_no_method_takes_any_keyword_as_a_query_parameter_in_its_types() -> None:
    service = Service(ok())
    free = {
        method.__name__: parameter.annotation
        for client in clients(service)
        for method in methods(client)
        for parameter in inspect.signature(method).parameters.values()
        if parameter.kind is parameter.VAR_KEYWORD and "Unpack[" not in str(parameter.annotation)
    }
    assert free == {}


def test_other_keywords_and_query_params_go_along_near_or_not() -> None:
    service = Service(ok(id=ID))
    free: dict[str, Any] = {"verbosity": 2}
    service.transfer().get_endpoint(ID, fields="id", query_params={"field": "x", "b": True}, **free)
    assert service.queries == [{"fields": "id", "verbosity": "2", "field": "x", "b": "true"}]


@pytest.mark.parametrize(
    "keywords",
    [
        {"fields": "id", "query_params": {"fields": "id"}},
        {"verbosity": 1, "query_params": {"verbosity": 1}},
        {"query_params": "a=b"},
        {"query_params": {"a": {}}},
        {"verbosity": b"1"},
    ],
)
def test_what_is_given_twice_or_no_query_parameter_is_refused(keywords: dict[str, Any]) -> None:
    service = Service(ok())
    with pytest.raises(GlobusUsageError):
        service.transfer().get_endpoint(ID, **keywords)
    assert service.requests == []


@pytest.mark.parametrize(
    ("keywords", "meant"),
    [
        ({"orderby": "nmae"}, "name"),
        ({"orderby": ["type", "sizes DESC"]}, "size"),
        ({"filter": {"tpye": "file"}}, "type"),
        ({"filter": [{"type": "file"}, {"names": "a"}]}, "name"),
        ({"filter": "tpye:file"}, "type"),
        ({"filter": "name:~*.tmp/siz:>5"}, "size"),
        ({"filter": ["type:file", "nmae:x"]}, "name"),
        ({"filter": "type:fil"}, "file"),
        ({"filter": {"type": ["dir", "flie"]}}, "file"),
    ],
)
def test_a_misspelt_field_of_an_order_or_filter_is_refused(keywords: dict[str, Any], meant: str) -> None:
    service = Service(ok())
    with pytest.raises(GlobusUsageError, match=f'did you mean "{meant}"'):
        service.transfer().operation_ls(ID, **keywords)
    assert service.requests == []


def test_a_field_that_no_listing_has_is_refused_without_a_guess() -> None:
    service = Service(ok())
    unknown: Any = "x"
    misspelt: Any = {"staus": "ACTIVE"}
    with pytest.raises(GlobusUsageError, match=r"orderby: must be one of .*name.*, got 'x'$"):
        service.transfer().operation_ls(ID, orderby=unknown)
    with pytest.raises(GlobusUsageError, match=r'did you mean "request_time"\?'):
        service.transfer().task_list(orderby="request_tme DESC")
    with pytest.raises(GlobusUsageError, match=r'did you mean "status"\?'):
        service.transfer().task_list(filter=misspelt)
    with pytest.raises(GlobusUsageError, match=r'did you mean "status"\?'):
        service.transfer().task_list(filter="type:TRANSFER/staus:ACTIVE")
    assert service.requests == []


SLIPS: list[tuple[Callable[[Any], Any], str]] = [
    (lambda tc: tc.task_list(filter="status:SUCEEDED"), "SUCCEEDED"),
    (lambda tc: tc.task_list(filter={"status": ["ACTIVE", "active"]}), "ACTIVE"),
    (lambda tc: tc.task_list(filter={"type": "TRANSFERS"}), "TRANSFER"),
    (lambda tc: tc.endpoint_manager_task_list(filter_status="ACTVE"), "ACTIVE"),
    (lambda tc: tc.endpoint_search(filter_scope="my-endpoint"), "my-endpoints"),
    (lambda tc: tc.endpoint_search(filter_entity_type="GCP_guest_colection"), "GCP_guest_collection"),
]


@pytest.mark.parametrize(("call", "meant"), SLIPS)
def test_a_misspelt_value_of_a_known_set_is_refused(call: Callable[[Any], Any], meant: str) -> None:
    service = Service(ok())
    with pytest.raises(GlobusUsageError, match=f'did you mean "{meant}"'):
        call(service.transfer())
    assert service.requests == []


def test_a_value_that_is_like_none_of_them_may_be_new() -> None:
    service = Service(ok(DATA=[], total=0))
    service.transfer().task_list(filter="status:DREAMING/type:COMPARE").all()
    service.transfer().operation_ls(ID, filter="name:~*.csv/type:socket")
    assert [query["filter"] for query in service.queries] == ["status:DREAMING/type:COMPARE", "name:~*.csv/type:socket"]
