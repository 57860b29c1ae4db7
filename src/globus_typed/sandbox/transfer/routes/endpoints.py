"""Routes of collections: get one, search."""

from collections.abc import Iterable
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from globus_typed.sandbox.auth.state import SandboxUser
from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.errors import bad_request
from globus_typed.sandbox.transfer.fields import Id
from globus_typed.sandbox.transfer.responses import Answer, Json, selected
from globus_typed.sandbox.transfer.routes.call import State, User
from globus_typed.sandbox.transfer.routes.queries import Fields, Offset
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection, endpoint_document

router: APIRouter = APIRouter()

_MOST_RESULTS = 1000

Scope = Literal[
    "all",
    "my-endpoints",
    "my-gcp-endpoints",
    "recently-used",
    "in-use",
    "shared-by-me",
    "shared-with-me",
    "administered-by-me",
    "hide-no-permissions",
]

EntityType = Literal[
    "GCP_mapped_collection",
    "GCP_guest_collection",
    "GCSv5_endpoint",
    "GCSv5_mapped_collection",
    "GCSv5_guest_collection",
]


@router.get("/endpoint/{endpoint_id}", **described("Give an endpoint or collection", answer="Endpoint"))
async def get_endpoint(state: State, user: User, endpoint_id: str, fields: Fields = None) -> Answer:
    collection = state.collection(user, endpoint_id)
    document = endpoint_document(collection, user, in_use=collection.id in state.in_use(user))
    return Answer(selected(document, fields))


@router.get("/endpoint_search", **described("Find endpoints and collections", answer="EndpointList"))
async def endpoint_search(
    state: State,
    user: User,
    filter_fulltext: str | None = None,
    filter_scope: Scope = "all",
    filter_owner_id: Annotated[Id | None, Query()] = None,
    filter_host_endpoint: Annotated[Id | None, Query()] = None,
    filter_non_functional: Annotated[bool | None, Query()] = None,
    filter_entity_type: EntityType | None = None,
    fields: Fields = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 100,
    offset: Offset = 0,
) -> Answer:
    words = (filter_fulltext or "").casefold().split()
    filters = (filter_owner_id, filter_host_endpoint, filter_non_functional, filter_entity_type)
    if filter_scope == "all" and not words and all(each is None for each in filters):
        raise bad_request("filter_fulltext", "required when filter_scope is 'all' and there is no other filter")
    if filter_owner_id is not None and filter_scope in ("my-endpoints", "my-gcp-endpoints", "shared-by-me"):
        raise bad_request("filter_owner_id", f"cannot be combined with filter_scope {filter_scope}")
    if filter_non_functional is not None and filter_entity_type is not None:
        raise bad_request("filter_non_functional", "cannot be combined with filter_entity_type")
    if offset + limit > _MOST_RESULTS:
        raise bad_request("offset", f"offset + limit is at most {_MOST_RESULTS}")

    in_use = state.in_use(user)
    found = [
        (score, collection)
        for collection in state.collections()
        if collection.may_see(user)
        and _in_scope(filter_scope, collection, user, state, in_use)
        and filter_owner_id in (None, collection.owner.id)
        and (filter_host_endpoint is None or (collection.host and filter_host_endpoint == collection.host.id))
        and filter_entity_type in (None, collection.entity_type)
        and (collection.non_functional is bool(filter_non_functional) or filter_entity_type == "GCSv5_endpoint")
        and ((score := rank(collection, words)) or not words)
    ]
    if filter_scope == "recently-used":
        found.sort(key=lambda hit: state.last_use(user, hit[1]) or 0, reverse=True)
    else:
        found.sort(key=lambda hit: (-hit[0], hit[1].display_name.casefold(), hit[1].id))

    page: list[Json] = []
    for score, collection in found[offset : offset + limit]:
        document = endpoint_document(collection, user, in_use=collection.id in in_use)
        del document["DATA"]
        if words:
            document["_rank"] = score
        page.append(selected(document, fields))
    return Answer(
        {
            "DATA_TYPE": "endpoint_list",
            "DATA": page,
            "limit": limit,
            "offset": offset,
            "has_next_page": offset + limit < len(found),
        }
    )


def _in_scope(
    scope: Scope, collection: SandboxCollection, user: SandboxUser, state: TransferState, in_use: set[str]
) -> bool:
    mine = collection.owner.id == user.id
    guest = collection.host is not None
    if scope == "my-endpoints":
        return mine
    if scope == "my-gcp-endpoints":
        return mine and collection.entity_type.startswith("GCP_")
    if scope == "recently-used":
        return state.last_use(user, collection) is not None
    if scope == "in-use":
        return collection.id in in_use
    if scope == "shared-by-me":
        return mine and guest
    if scope == "shared-with-me":
        return guest and not mine and collection.permissions.shared_with(user)
    if scope == "administered-by-me":
        return collection.has_role(user, "administrator")
    return True


def rank(collection: SandboxCollection, words: Iterable[str]) -> float:
    """The score of a collection in a full-text search: 0 when one of the words begins no word of its text fields."""
    weighted = (
        (3.0, collection.display_name),
        (1.0, collection.canonical_name),
        (1.0, collection.advertised_owner or collection.owner.username),
        (1.0, collection.organization),
        (0.75, collection.department),
        (0.75, collection.keywords),
        (0.5, collection.description),
    )
    total = 0.0
    for word in words:
        score = sum(weight for weight, text in weighted if text and begins_a_word(word, text))
        if not score:
            return 0.0
        total += score
    return total


def begins_a_word(prefix: str, text: str) -> bool:
    """Whether a word of the text begins so, in whatever case; the prefix is folded already."""
    lowered = text.casefold()
    at = lowered.find(prefix)
    while at > 0 and lowered[at - 1].isalnum():
        at = lowered.find(prefix, at + 1)
    return at >= 0
