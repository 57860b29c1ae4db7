"""Routes of activation, which only endpoints of the retired kind GCSv4_host need; for all others it never expires.

The sandbox believes every passphrase but `wrong`. An endpoint that has no MyProxy server of its own is activated
without one; one that has is activated automatically while the user has another activation by the same server.
"""

from functools import cache
from typing import Annotated, Literal

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi import APIRouter, Query, Request

from globus_typed.sandbox.auth.state import SandboxUser
from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.errors import bad_request
from globus_typed.sandbox.transfer.request_bodies import Body, read
from globus_typed.sandbox.transfer.responses import Answer, Json, file_time, result
from globus_typed.sandbox.transfer.routes.call import State, User
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection

router: APIRouter = APIRouter(prefix="/endpoint/{endpoint_id}")

_HOUR = 3600
_DEFAULT_HOURS = 12
_MOST_HOURS = 168
_BUILT_IN_SERVER = "myproxy.globusonline.org"
_MYPROXY: tuple[tuple[str, str, bool, bool], ...] = (
    ("hostname", "MyProxy server", True, False),
    ("username", "User name", True, False),
    ("passphrase", "Passphrase", True, True),
    ("server_dn", "Subject of the server", False, False),
    ("lifetime_in_hours", "Lifetime in hours", False, False),
)
_PROXY: tuple[tuple[str, str, bool, bool], ...] = (
    ("public_key", "Public key", True, False),
    ("proxy_chain", "Proxy chain", True, False),
)

_Kind = Literal["myproxy", "delegate_proxy"]


class RequirementBody(Body):
    """One entry of the filled requirements; numbers are text too."""

    DATA_TYPE: Literal["activation_requirement"]
    type: Literal["myproxy", "delegate_proxy", "delegate_myproxy"]
    name: str
    ui_name: str | None = None
    description: str | None = None
    required: bool = False
    private: bool = False
    value: str | None = None


class RequirementsBody(Body):
    """The body of `POST /endpoint/<id>/activate`: the document of the requirements with values filled in."""

    DATA_TYPE: Literal["activation_requirements"]
    DATA: list[RequirementBody]
    length: int | None = None
    expires_in: int | None = None
    expire_time: str | None = None
    activated: bool | None = None
    auto_activation_supported: bool | None = None
    oauth_server: str | None = None


@router.get("/activation_requirements", **described("Tell what activation needs", answer="ActivationRequirements"))
def endpoint_get_activation_requirements(
    state: State, user: User, endpoint_id: str, type: _Kind | None = None
) -> Answer:
    collection = state.collection(user, endpoint_id)
    entries = _requirements(collection, type)
    return Answer(
        {
            "DATA_TYPE": "activation_requirements",
            "DATA": entries,
            "length": len(entries),
            **_until(collection, user),
            "activated": collection.expires_in(user) != 0,
            "auto_activation_supported": True,
            "oauth_server": collection.oauth_server,
        }
    )


@router.post("/autoactivate", **described("Activate an endpoint without telling anything", answer="ActivationResult"))
def endpoint_autoactivate(
    request: Request,
    state: State,
    user: User,
    endpoint_id: str,
    if_expires_in: Annotated[int | None, Query(ge=0)] = None,
) -> Answer:
    collection = state.collection(user, endpoint_id)
    left = collection.expires_in(user)
    if if_expires_in is not None and (left == -1 or left >= max(1, if_expires_in)):
        return _answer(request, collection, user, "AlreadyActivated", "The endpoint is activated for long enough")
    if not collection.needs_activation:
        message = "This endpoint needs no activation"
        return _answer(request, collection, user, "AutoActivated.GlobusOnlineCredential", message)
    if (collection.myproxy_server, collection.oauth_server) == (_BUILT_IN_SERVER, None):
        collection.activations[user.id] = state.clock() + _DEFAULT_HOURS * _HOUR
        message = "Endpoint activated using a Globus credential"
        return _answer(request, collection, user, "AutoActivated.GlobusOnlineCredential", message)
    cached = max((each.activations.get(user.id, 0) for each in _relatives(state, collection)), default=0)
    if cached <= state.clock():
        message = "Auto activation failed: no usable credential is cached"
        return _answer(request, collection, user, "AutoActivationFailed", message, _requirements(collection, None))
    collection.activations[user.id] = cached
    message = "Endpoint activated using a cached credential"
    return _answer(request, collection, user, "AutoActivated.CachedCredential", message)


@router.post(
    "/activate",
    **described(
        "Activate an endpoint", answer="ActivationResult", body="ActivationRequirementsData", read_by=RequirementsBody
    ),
)
async def endpoint_activate(request: Request, state: State, user: User, endpoint_id: str) -> Answer:
    body = read(RequirementsBody, await request.body())
    collection = state.collection(user, endpoint_id)
    if not collection.needs_activation:
        if body.DATA:
            raise bad_request("DATA", f"a {collection.entity_type} has no activation requirements")
        return _answer(request, collection, user, "AlreadyActivated", "This endpoint needs no activation")
    hours = _checked(collection, body)
    collection.activations[user.id] = state.clock() + hours * _HOUR
    by_proxy = body.DATA[0].type == "delegate_proxy"
    code = "Activated.ClientProxyCredential" if by_proxy else "Activated.MyProxyCredential"
    return _answer(request, collection, user, code, "Endpoint activated successfully")


@router.post("/deactivate", **described("Deactivate an endpoint", answer="Result"))
async def endpoint_deactivate(request: Request, state: State, user: User, endpoint_id: str) -> Answer:
    state.collection(user, endpoint_id).activations.pop(user.id, None)
    return Answer(result(request, "Deactivated", "Endpoint deactivated successfully"))


def _relatives(state: TransferState, collection: SandboxCollection) -> list[SandboxCollection]:
    by = (collection.myproxy_server, collection.oauth_server)
    return [
        each for each in state.collections() if each.needs_activation and (each.myproxy_server, each.oauth_server) == by
    ]


def _requirements(collection: SandboxCollection, kind: _Kind | None) -> list[Json]:
    if not collection.needs_activation:
        return []
    given = {"hostname": collection.myproxy_server, "server_dn": collection.myproxy_dn, "lifetime_in_hours": "12"}
    entries: list[Json] = []
    if kind != "delegate_proxy" and collection.myproxy_server is not None:
        entries += [_entry("myproxy", *row, given.get(row[0])) for row in _MYPROXY]
    if kind != "myproxy":
        entries += [_entry("delegate_proxy", *row, _public_key() if row[0] == "public_key" else None) for row in _PROXY]
    return entries


def _entry(kind: _Kind, name: str, ui_name: str, required: bool, private: bool, value: str | None) -> Json:
    return {
        "DATA_TYPE": "activation_requirement",
        "type": kind,
        "name": name,
        "ui_name": ui_name,
        "description": f"{ui_name} of the credential",
        "required": required,
        "private": private,
        "value": value,
    }


@cache
def _public_key() -> str:
    key = generate_private_key(public_exponent=65537, key_size=2048).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _checked(collection: SandboxCollection, body: RequirementsBody) -> int:
    """For how many hours the filled requirements activate; TransferRefused 400 names what is wrong with them."""
    if not body.DATA:
        raise bad_request("DATA", "there are no requirements")
    kind = body.DATA[0].type
    rows = _PROXY if kind == "delegate_proxy" else _MYPROXY
    values: dict[str, tuple[str, str | None]] = {}
    for index, entry in enumerate(body.DATA):
        if entry.type != kind:
            raise bad_request(f"DATA[{index}].type", f"all entries have one type, and the first has {kind}")
        if entry.name not in [row[0] for row in rows]:
            raise bad_request(f"DATA[{index}].name", f"there is no such requirement of the type {kind}")
        values[entry.name] = f"DATA[{index}].value", entry.value
    for name, _, required, _ in rows:
        field, value = values.get(name, ("DATA", None))
        # the service gave the key, so it need not be told it
        if required and not value and name != "public_key":
            raise bad_request(field, f"the requirement {name} is not filled")
        if name == "hostname" and kind == "myproxy" and value != collection.myproxy_server:
            raise bad_request(field, f"the MyProxy server of this endpoint is {collection.myproxy_server}")
        if name == "passphrase" and value == "wrong":
            raise bad_request(field, "the MyProxy server does not accept this user name and passphrase")
        if name == "public_key" and value is not None and value.strip() != _public_key().strip():
            raise bad_request(field, "not the key that the requirements gave")
        if name == "proxy_chain" and not (value or "").startswith("-----BEGIN CERTIFICATE-----"):
            raise bad_request(field, "not a chain of certificates in PEM")
    field, lifetime = values.get("lifetime_in_hours", ("DATA", None))
    if lifetime and not (lifetime.isdecimal() and 1 <= int(lifetime) <= _MOST_HOURS):
        raise bad_request(field, f"a number of hours from 1 to {_MOST_HOURS}, as text")
    return int(lifetime or _DEFAULT_HOURS)


def _until(collection: SandboxCollection, user: SandboxUser) -> Json:
    left = collection.expires_in(user)
    return {"expires_in": left, "expire_time": file_time(collection.activations[user.id]) if left > 0 else None}


def _answer(
    request: Request,
    collection: SandboxCollection,
    user: SandboxUser,
    code: str,
    message: str,
    entries: list[Json] | None = None,
) -> Answer:
    activated = collection.needs_activation and not entries
    document = result(
        request,
        code,
        message,
        data_type="activation_result",
        endpoint=collection.canonical_name,
        **_until(collection, user),
        subject=f"/C=ZZ/O=Sandbox/CN={user.username}" if activated else None,
        DATA=entries or [],
        length=len(entries or []),
        oauth_server=collection.oauth_server,
    )
    return Answer(document)
