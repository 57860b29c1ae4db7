"""The documents of all services, by the names of their classes and by their names on the wire.

A document is addressed as ``Task``, or as ``transfer.Task`` where several services have a class of that name; with the
service, it can always be. Names on the wire (``DATA_TYPE``) are addressed in the same two ways.
"""

import inspect
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, TypeAlias, get_args

from globus_typed import registry
from globus_typed.core.documents import Document
from globus_typed.core.payloads import Payload
from globus_typed.core.service import Service

__all__ = ["DocumentClass", "best", "document_classes", "full_name", "named", "nearest", "wire_names"]

DocumentClass: TypeAlias = type[Document] | type[Payload]
"""The class of a document, received or sent."""


@cache
def document_classes() -> Mapping[str, DocumentClass]:
    """All documents by the shortest name that no other has, in the order of those names."""
    found = [
        (name if len(named(name)) == 1 else f"{service}.{name}", document)
        for service, documents in _by_service().items()
        for name, document in documents.items()
    ]
    return dict(sorted(found, key=lambda each: each[0]))


@cache
def wire_names() -> Mapping[str, tuple[DocumentClass, ...]]:
    """The documents by their ``DATA_TYPE``; of each, those that are sent come first."""
    found: dict[str, list[DocumentClass]] = {}
    for service in registry.names():
        for name, documents in _wire_names(service).items():
            found.setdefault(name, []).extend(documents)
    return {name: tuple(sorted(found[name], key=_is_received)) for name in sorted(found)}


def named(name: str) -> tuple[DocumentClass, ...]:
    """The documents of that name, of a class or on the wire; none where there is no such name.

    Without a service in the name, they may be of several services.
    """
    service, _, rest = name.partition(".")
    if rest and service in _by_service():
        own = _by_service()[service].get(rest)
        return _wire_names(service).get(rest, ()) if own is None else (own,)
    classes = tuple(documents[name] for documents in _by_service().values() if name in documents)
    return classes or wire_names().get(name, ())


def nearest(name: str) -> str | None:
    """The name of documents that is most like this one; None where none is like it."""
    candidates = [*document_classes(), *wire_names()]
    if "." in name:
        candidates += [
            f"{service}.{each}"
            for service, documents in _by_service().items()
            for each in (*documents, *_wire_names(service))
        ]
    for written in (str, str.lower):
        names = {written(each): each for each in candidates}
        for match in get_close_matches(written(name), names, n=1):
            return names[match]
    return None


def full_name(document: DocumentClass) -> str:
    """The name of a document with its service, such as ``transfer.Task``."""
    return next(
        f"{service}.{name}"
        for service, documents in _by_service().items()
        for name, each in documents.items()
        if each is document
    )


def best(documents: tuple[DocumentClass, ...], members: Mapping[str, object]) -> tuple[DocumentClass, ...]:
    """Those of the documents with the fewest of these members unknown and of their required ones missing.

    A document without a member that only received ones have, such as an ``id``, is one to send: received ones take what
    they do not know, so that nothing would be wrong with a misspelt member.
    """
    sent = tuple(document for document in documents if not _is_received(document))
    of_received = {name for document in documents if _is_received(document) for name in _member_names(document)}
    only_received = of_received.difference(*map(_member_names, sent))
    if sent and only_received and not members.keys() & only_received:
        documents = sent
    least = min(_strangeness(document, members) for document in documents)
    return tuple(document for document in documents if _strangeness(document, members) == least)


def _member_names(document: DocumentClass) -> frozenset[str]:
    return frozenset(info.alias or name for name, info in document.model_fields.items())


def _strangeness(document: DocumentClass, members: Mapping[str, object]) -> int:
    fields = document.model_fields.items()
    missing = sum(info.is_required() and (info.alias or name) not in members for name, info in fields)
    return missing + len(members.keys() - _member_names(document))


@cache
def _by_service() -> Mapping[str, Mapping[str, DocumentClass]]:
    """The documents of each service by the names of their classes."""
    return {service.name: dict(_documents_of(service)) for service in registry.services()}


def _documents_of(service: Service) -> Iterator[tuple[str, DocumentClass]]:
    """The public classes of a service's ``documents``, in the order of their modules."""
    package = registry.part(service.name, "documents")
    for module in iter_modules(package.__path__) if isinstance(package, ModuleType) else ():
        if module.name not in service.foundations:
            members = vars(registry.part(service.name, f"documents.{module.name}"))
            for name in members["__all__"]:
                if inspect.isclass(members[name]) and issubclass(members[name], (Document, Payload)):
                    yield name, members[name]


@cache
def _wire_names(service: str) -> Mapping[str, tuple[DocumentClass, ...]]:
    """The documents of a service by their ``DATA_TYPE``."""
    own = _by_service()[service]
    found: dict[str, list[DocumentClass]] = {}
    for document in sorted(own.values(), key=lambda each: each.__name__):
        if issubclass(document, Payload) and "data_type" in document.model_fields:
            for name in _literals(document.model_fields["data_type"].annotation):
                found.setdefault(name, []).append(document)
    for name, received in registry.service(service).document_types.items():
        found.setdefault(name, []).extend(own[each] for each in received.split())
    return {name: tuple(documents) for name, documents in found.items()}


def _literals(annotation: Any) -> list[str]:
    if isinstance(annotation, str):
        return [annotation]
    return [name for part in get_args(annotation) for name in _literals(part)]


def _is_received(document: DocumentClass) -> bool:
    return issubclass(document, Document)
