"""Activation, which endpoints of the retired kind need and all others do not."""

from typing import Any

import pytest

from .bench import Bench, good, item, write

PEM = "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n"


def host(bench: Bench, **fields: object) -> str:
    """The id of a new endpoint of the old kind."""
    body = {"DATA_TYPE": "endpoint", "display_name": "Old host", **fields}
    id = good(bench.request("POST", "/endpoint", json=body))["id"]
    assert isinstance(id, str)
    return id


def post(bench: Bench, id: str, what: str, sent: object = None, **query: Any) -> dict[str, Any]:
    answer = good(bench.request("POST", f"/endpoint/{id}/{what}", json=sent, params=query))
    assert answer["resource"] == f"/endpoint/{id}/{what}"
    return answer


def filled(bench: Bench, id: str, kind: str = "myproxy", **values: str | None) -> dict[str, Any]:
    document = bench.get(f"/endpoint/{id}/activation_requirements", type=kind)
    for entry in document["DATA"]:
        entry["value"] = values.get(entry["name"], entry["value"])
    return document


def test_todays_collections_never_expire(bench: Bench) -> None:
    for id in (bench.source.id, bench.share()):
        requirements = bench.get(f"/endpoint/{id}/activation_requirements")
        assert requirements["DATA_TYPE"] == "activation_requirements"
        assert (requirements["DATA"], requirements["length"]) == ([], 0)
        assert (requirements["expires_in"], requirements["expire_time"]) == (-1, None)
        assert post(bench, id, "autoactivate")["code"] == "AutoActivated.GlobusOnlineCredential"
        assert post(bench, id, "autoactivate", if_expires_in=10**9)["code"] == "AlreadyActivated"
        assert post(bench, id, "deactivate")["code"] == "Deactivated"
        assert bench.get(f"/endpoint/{id}")["expires_in"] == -1


def test_an_endpoint_without_its_own_server_activates_itself(bench: Bench) -> None:
    id = host(bench)
    ls = f"/operation/endpoint/{id}/ls"
    assert bench.refused("GET", ls)[:2] == (400, "ClientError.ActivationRequired")
    answer = post(bench, id, "autoactivate")
    assert (answer["DATA_TYPE"], answer["code"]) == ("activation_result", "AutoActivated.GlobusOnlineCredential")
    assert (answer["expires_in"], answer["expire_time"]) == (43200, "2023-11-15 10:13:20+00:00")
    assert (answer["length"], answer["DATA"]) == (0, [])
    assert good(bench.request("GET", ls))["DATA"] == []
    endpoint = bench.get(f"/endpoint/{id}")
    assert (endpoint["activated"], endpoint["expires_in"]) == (True, 43200)
    bench.clock.now += 43000
    assert post(bench, id, "autoactivate", if_expires_in=200)["code"] == "AlreadyActivated"
    assert post(bench, id, "autoactivate", if_expires_in=201)["expires_in"] == 43200
    bench.clock.now += 43200
    assert bench.refused("GET", ls)[:2] == (400, "ClientError.ActivationRequired")
    assert post(bench, id, "autoactivate", if_expires_in=0)["expires_in"] == 43200
    assert post(bench, id, "deactivate")["DATA_TYPE"] == "result"
    endpoint = bench.get(f"/endpoint/{id}")
    assert (endpoint["activated"], endpoint["expires_in"], endpoint["expire_time"]) == (False, 0, None)


def test_activation_by_a_passphrase(bench: Bench) -> None:
    id, other = (host(bench, myproxy_server="proxy.example") for _ in range(2))
    failed = post(bench, id, "autoactivate")
    assert (failed["code"], failed["expires_in"], failed["length"]) == ("AutoActivationFailed", 0, len(failed["DATA"]))
    requirements = bench.get(f"/endpoint/{id}/activation_requirements")
    assert requirements["DATA"] == failed["DATA"]
    assert (requirements["activated"], requirements["auto_activation_supported"]) == (False, True)
    by_name = {entry["name"]: entry for entry in requirements["DATA"]}
    assert by_name["hostname"]["value"] == "proxy.example"
    assert by_name["passphrase"]["private"] is True
    assert by_name["public_key"]["type"] == "delegate_proxy"
    answer = post(bench, id, "activate", filled(bench, id, username="w", passphrase="p", lifetime_in_hours="2"))
    assert (answer["code"], answer["expires_in"]) == ("Activated.MyProxyCredential", 7200)
    assert bench.get(f"/endpoint/{id}/activation_requirements")["expires_in"] == 7200
    bench.clock.now += 100
    cached = post(bench, other, "autoactivate")
    assert (cached["code"], cached["expires_in"]) == ("AutoActivated.CachedCredential", 7100)
    bench.clock.now += 7100
    assert post(bench, other, "autoactivate")["code"] == "AutoActivationFailed"


def test_activation_by_a_proxy(bench: Bench) -> None:
    id = host(bench, oauth_server="login.example")
    requirements = bench.get(f"/endpoint/{id}/activation_requirements")
    assert (requirements["oauth_server"], requirements["length"]) == ("login.example", 2)
    answer = post(bench, id, "activate", filled(bench, id, "delegate_proxy", proxy_chain=PEM))
    assert (answer["code"], answer["expires_in"]) == ("Activated.ClientProxyCredential", 43200)
    for values, named in (
        ({"proxy_chain": "x"}, "DATA[1].value"),
        ({"proxy_chain": PEM, "public_key": "x"}, "DATA[0].value"),
    ):
        sent = filled(bench, id, "delegate_proxy", **values)
        status, _, message = bench.refused("POST", f"/endpoint/{id}/activate", json=sent)
        assert (status, message.split(":")[0]) == (400, named)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({}, "DATA[1].value"),
        ({"username": "w"}, "DATA[2].value"),
        ({"username": "w", "passphrase": "wrong"}, "DATA[2].value"),
        ({"username": "w", "passphrase": "p", "hostname": "other.example"}, "DATA[0].value"),
        ({"username": "w", "passphrase": "p", "lifetime_in_hours": "169"}, "DATA[4].value"),
        ({"username": "w", "passphrase": "p", "lifetime_in_hours": "long"}, "DATA[4].value"),
    ],
)
def test_credentials_that_are_refused(bench: Bench, values: dict[str, str], named: str) -> None:
    id = host(bench, myproxy_server="proxy.example")
    status, code, message = bench.refused("POST", f"/endpoint/{id}/activate", json=filled(bench, id, **values))
    assert (status, code, message.split(":")[0]) == (400, "ClientError.BadRequest", named)
    assert bench.get(f"/endpoint/{id}")["expires_in"] == 0


def test_documents_that_are_refused(bench: Bench) -> None:
    id = host(bench, myproxy_server="proxy.example")
    entry = {"DATA_TYPE": "activation_requirement", "type": "myproxy", "name": "username", "value": "w"}
    refusals: list[tuple[list[dict[str, Any]], str]] = [
        ([], "DATA"),
        ([{**entry, "value": 12}], "DATA[0].value"),
        ([{**entry, "name": "shoe size"}], "DATA[0].name"),
        ([entry, {**entry, "type": "delegate_proxy"}], "DATA[1].type"),
        ([{**entry, "secret": "x"}], "DATA[0].secret"),
        ([entry], "DATA"),
    ]
    for entries, named in refusals:
        body = {"DATA_TYPE": "activation_requirements", "DATA": entries}
        status, _, message = bench.refused("POST", f"/endpoint/{id}/activate", json=body)
        assert (status, message.split(":")[0]) == (400, named)
    refused = bench.refused("GET", f"/endpoint/{id}/activation_requirements", params={"type": "password"})
    assert refused[2].startswith("type: ")
    refused = bench.refused("POST", f"/endpoint/{id}/autoactivate", params={"if_expires_in": -1})
    assert refused[2].startswith("if_expires_in: ")


def test_a_task_needs_active_endpoints_unless_it_says_otherwise(bench: Bench) -> None:
    id = host(bench)
    write(bench.here, {"a": "a"})
    document = bench.transfer(item("/a", "/a"), destination_endpoint=id)
    assert bench.refused("POST", "/transfer", json=document)[:2] == (400, "ClientError.ActivationRequired")
    assert bench.run({**document, "skip_activation_check": True})["status"] == "SUCCEEDED"
    post(bench, id, "autoactivate")
    listed = bench.get(f"/operation/endpoint/{id}/ls")
    assert [entry["name"] for entry in listed["DATA"]] == ["a"]


def test_every_user_activates_for_oneself(bench: Bench) -> None:
    id = host(bench, public=True)
    post(bench, id, "autoactivate")
    url = f"/operation/endpoint/{id}/ls"
    assert bench.refused("GET", url, token="lark@sandbox.example")[:2] == (400, "ClientError.ActivationRequired")
