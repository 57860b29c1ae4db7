"""The sandbox's Transfer service without HTTP: collections, submissions, tasks, and the workers that run them."""

import hashlib
import re
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from threading import RLock, Semaphore
from typing import NamedTuple, Protocol, TypedDict

from globus_typed.sandbox.auth.state import Caller, SandboxUser, TokenRefused
from globus_typed.sandbox.setting import checked_id
from globus_typed.sandbox.transfer.errors import TransferRefused, bad_request
from globus_typed.sandbox.transfer.fields import seconds_of, task_id_of
from globus_typed.sandbox.transfer.mover.delete_work import DeleteWork
from globus_typed.sandbox.transfer.mover.runner import Pace, run, stopped
from globus_typed.sandbox.transfer.mover.transfer_work import TransferWork
from globus_typed.sandbox.transfer.mover.turns import Turns
from globus_typed.sandbox.transfer.paths import parts_of
from globus_typed.sandbox.transfer.request_bodies import DeleteBody, TransferBody, read
from globus_typed.sandbox.transfer.responses import Json
from globus_typed.sandbox.transfer.store.collections import SandboxCollection
from globus_typed.sandbox.transfer.store.demands import LoginDemand
from globus_typed.sandbox.transfer.store.pauses import Operation, Pauses
from globus_typed.sandbox.transfer.store.permissions import Permissions, RoleName
from globus_typed.sandbox.transfer.store.streams import Streams
from globus_typed.sandbox.transfer.store.task import Task
from globus_typed.sandbox.transfer.task_conflicts import refuse_overlap, refuse_repeated

__all__ = ["SandboxCollection", "TransferState"]

TRANSFER_SCOPE = "urn:globus:auth:scope:transfer.api.globus.org:all"
_DAY = 86400.0
_OF_A_COLLECTION = re.compile(r"https://auth\.globus\.org/scopes/([0-9a-f-]{36})/([a-z0-9_]+)")


class Authenticator(Protocol):
    """The part of Auth that Transfer needs: who calls, and what they may."""

    def authenticate(self, authorization: str | None, *, scope: str) -> Caller: ...

    def has_consent(self, caller: Caller, scope: str, dependency: str) -> bool: ...


class _Surroundings(TypedDict):
    permissions: Permissions
    clock: Callable[[], float]
    https_address: Callable[[SandboxCollection], str | None]


class _Entry(NamedTuple):
    digest: bytes
    task_id: str


class Taken(NamedTuple):
    """A submission that was taken; not `new` when the same document came before."""

    submission_id: str
    task_id: str
    new: bool


class TransferState:
    """Collections and tasks of one sandbox; every method may be called from any thread.

    `clock` gives seconds since the epoch. `pace(n)` is called by a mover's thread after every chunk of `n` bytes and,
    with 0, after every file: it may wait, to throttle the movers or to hold them. `retry_faults_for` is for how many
    seconds what fails is tried again. `workers` tasks run at a time, the
    others are queued. `cancel_wait` is how many seconds a cancel waits for its task to stop before it answers that it
    is accepted.
    """

    def __init__(
        self,
        auth: Authenticator,
        *,
        clock: Callable[[], float] = time.time,
        pace: Pace | None = None,
        retry_faults_for: float = 0.0,
        workers: int = 4,
        cancel_wait: float = 10.0,
    ) -> None:
        self.auth = auth
        self.clock = clock
        self._pace = pace
        self._retry_faults_for = retry_faults_for
        self._turns = Turns()
        self._cancel_wait = cancel_wait
        # More threads than slots: tasks that are paused keep their thread, and give their slot to others.
        self._slots = Semaphore(workers)
        self._pool = ThreadPoolExecutor(workers + 60, thread_name_prefix="sandbox-mover")
        self.pauses: Pauses = Pauses(clock, self._slots)
        self.streams: Streams = Streams(clock)
        self._lock = RLock()
        self._closed = False
        self._collections: dict[str, SandboxCollection] = {}
        # the one subscription, which every user has
        self.subscription_id: str = str(uuid.uuid5(uuid.NAMESPACE_DNS, "subscription.sandbox.example"))
        self._groups: dict[str, frozenset[str]] = {}
        self._directory: TemporaryDirectory[str] | None = None
        # of each user by their ids, as documents
        self.bookmarks: dict[str, dict[str, Json]] = {}
        self._tasks: dict[str, Task] = {}
        # who canceled, and what
        self._cancels: list[tuple[str, Sequence[Task]]] = []
        self._ledger: dict[tuple[str, str], _Entry] = {}
        self._used: dict[tuple[str, str], float] = {}
        self.login_demands: list[LoginDemand] = []
        # how collections find the addresses of their HTTPS servers
        self.https_address: Callable[[SandboxCollection], str | None] = lambda collection: None

    def add_collection(
        self,
        display_name: str,
        root: Path,
        owner: SandboxUser,
        *,
        id: str | None = None,
        public: bool = False,
        description: str | None = None,
        organization: str | None = None,
        department: str | None = None,
        keywords: str | None = None,
        default_directory: str = "/~/",
        subscription_id: str | None = None,
        data_access: bool = False,
        host: SandboxCollection | None = None,
    ) -> SandboxCollection:
        """A new collection over the directory `root`.

        ValueError when that does not exist, and for an id that is taken or is no UUID.

        With `host`, a mapped collection of Globus Connect Server, it is a guest collection there, which may have others
        on it. With `data_access` it is a mapped one itself: whoever uses it must have allowed the app the scope
        ``data_access`` of the collection, by way of Transfer's. Else it is one of Globus Connect Personal.
        """
        if not root.is_dir():
            raise ValueError(f"root: not a directory: {root}")
        parts_of(default_directory)
        kind = "GCSv5_mapped_collection" if data_access else "GCP_mapped_collection"
        id = str(uuid.uuid4()) if id is None else checked_id(id)
        collection = SandboxCollection(
            id=id,
            display_name=display_name,
            root=root,
            owner=owner,
            public=public,
            description=description,
            organization=organization,
            department=department,
            keywords=keywords,
            default_directory=default_directory,
            own_subscription_id=subscription_id,
            entity_type=kind if host is None else "GCSv5_guest_collection",
            host=host,
            host_path=None if host is None else f"/{id}/",
            hosts_guests=host is not None,
            **self.surroundings(),
        )
        self.register(collection)
        return collection

    def surroundings(self) -> _Surroundings:
        """The arguments that every collection of this sandbox is made with."""
        return {
            "permissions": Permissions(self._groups, self.clock),
            "clock": self.clock,
            "https_address": lambda collection: self.https_address(collection),
        }

    def register(self, collection: SandboxCollection) -> None:
        """From now on there is this collection; ValueError when the id is taken."""
        with self._lock:
            if collection.id in self._collections:
                raise ValueError(f"id: there is a collection with this id: {collection.id}")
            self._collections[collection.id] = collection

    def add_group(self, members: Iterable[SandboxUser], *, id: str | None = None) -> str:
        """A new group of these identities, whose id may then be the principal of roles and access rules."""
        group_id = str(uuid.UUID(id)) if id is not None else str(uuid.uuid4())
        self._groups[group_id] = frozenset(member.id for member in members)
        return group_id

    def new_directory(self) -> Path:
        """An empty directory for an endpoint that is made by a request; gone when the state is closed."""
        with self._lock:
            if self._directory is None:
                self._directory = TemporaryDirectory(prefix="sandbox-endpoints-")
            return Path(mkdtemp(dir=self._directory.name))

    def caller(self, authorization: str | None) -> Caller:
        """The caller; TransferRefused 401 without a good token, 403 ConsentRequired with one for something else."""
        try:
            return self.auth.authenticate(authorization, scope=TRANSFER_SCOPE)
        except TokenRefused as refused:
            if refused.status == 403:
                scopes = [TRANSFER_SCOPE]
                raise TransferRefused(403, "ConsentRequired", refused.reason, required_scopes=scopes) from None
            challenge = {"WWW-Authenticate": "Bearer"}
            raise TransferRefused(401, "AuthenticationFailed", refused.reason, headers=challenge) from None

    def collections(self) -> list[SandboxCollection]:
        with self._lock:
            return [collection for collection in self._collections.values() if not collection.deleted]

    def collection(self, user: SandboxUser, id: str, *, role: RoleName | None = None) -> SandboxCollection:
        """A collection that `user` may see, with `role` one on which the user has it.

        TransferRefused 404 if there is none, 403 if it is another's.
        """
        with self._lock:
            collection = self._collections.get(id.lower())
        if collection is None:
            raise TransferRefused(404, "EndpointNotFound", f"No such endpoint '{id}'")
        if collection.deleted:
            raise TransferRefused(404, "EndpointDeleted", f"Endpoint '{id}' has been deleted")
        if not collection.may_see(user):
            raise TransferRefused(403, "PermissionDenied", f"You have no permission on endpoint '{id}'")
        if role is not None and not collection.has_role(user, role):
            raise TransferRefused(403, "PermissionDenied", f"You do not have the role {role} on endpoint '{id}'")
        return collection

    def reach(self, caller: Caller, id: str, *, write: bool = False, activated: bool = True) -> SandboxCollection:
        """A collection of which the caller may read, or write, at least something; TransferRefused says why not.

        It is connected and, with `activated`, activated for the user if it needs that.
        """
        user = caller.user
        collection = self.collection(user, id)
        for demand in self.login_demands:
            demand.refuse_unmet(caller, collection.id, self.clock())
        if not (collection.may_write(user) if write else collection.may_read(user)):
            verb = "write" if write else "read"
            raise TransferRefused(403, "PermissionDenied", f"You may not {verb} on endpoint '{id}'")
        if activated and not collection.expires_in(user):
            message = (
                f"Endpoint '{id}' is not activated: activate it with POST /endpoint/{id}/autoactivate or /activate"
            )
            raise TransferRefused(400, "ClientError.ActivationRequired", message)
        if collection.setup_key is not None:
            message = f"Endpoint '{id}' is not connected: its setup key has not been used yet"
            raise TransferRefused(502, "ExternalError.DirListingFailed.GCDisconnected", message)
        return collection

    def refuse_paused(self, user: SandboxUser, collection: SandboxCollection, operation: Operation) -> None:
        """TransferRefused 409 while a pause rule holds this operation for the user."""
        for rule in self.pauses.on(collection, user):
            if rule.paused[operation]:
                message = f"Paused by the administrator of endpoint '{collection.id}': {rule.message}"
                raise TransferRefused(409, "OperationPaused", message)

    def use(self, user: SandboxUser, collection: SandboxCollection) -> None:
        """Remember that `user` has just worked with a collection, for the search scope `recently-used`."""
        with self._lock:
            self._used[user.id, collection.id] = self.clock()

    def last_use(self, user: SandboxUser, collection: SandboxCollection) -> float | None:
        with self._lock:
            return self._used.get((user.id, collection.id))

    def in_use(self, user: SandboxUser) -> set[str]:
        """The ids of the collections that an active task of `user` works on."""
        active = [task for task in self.tasks(user) if task.status == "ACTIVE"]
        return {side.id for task in active for side in (task.source, task.destination) if side is not None}

    def lacks_scope(self, scope: str) -> bool:
        """Whether it is a scope of a collection that there is not, or that has no such scope."""
        found = _OF_A_COLLECTION.fullmatch(scope)
        if found is None:
            return False
        with self._lock:
            collection = self._collections.get(found[1])
        if collection is None:
            return found[2] in ("data_access", "https")  # others may be an app's
        if found[2] == "https":
            return not collection.serves_https
        return collection.deleted or collection.data_access_scope != scope

    def refuse_without_consent(self, caller: Caller, *collections: SandboxCollection) -> None:
        """TransferRefused 403 where the user has not allowed the caller's app to use the data of these collections."""
        needed = dict.fromkeys(collection.data_access_scope for collection in collections)
        missing = [scope for scope in needed if scope and not self.auth.has_consent(caller, TRANSFER_SCOPE, scope)]
        if missing:
            required = [f"{TRANSFER_SCOPE}[{' '.join(f'*{scope}' for scope in missing)}]"]
            message = "Missing required data_access consent"
            raise TransferRefused(403, "ConsentRequired", message, required_scopes=required)

    def submit(self, caller: Caller, kind: type[TransferBody] | type[DeleteBody], raw: bytes) -> Taken:
        """Take a submission and queue its task.

        The same document under the same submission_id again is the same task, another document is refused with 409
        `Conflict`. A submission_id need not come from `GET /submission_id`: any UUID will do, as the service's do.
        """
        body = read(kind, raw)
        if isinstance(body, TransferBody):
            refuse_repeated(body)
        digest = _digest(body)
        user = caller.user
        key, new = (user.id, body.submission_id), False
        with self._lock:
            entry = self._ledger.get(key)
            if entry is None:
                task = self._new_task(caller, body)
                self._tasks[task.id] = task
                entry = self._ledger[key] = _Entry(digest, task.id)
                self._pool.submit(self._run, task)
                new = True
        if entry.digest != digest:
            message = f"submission_id: {body.submission_id} was used before, with another document"
            raise TransferRefused(409, "Conflict", message)
        return Taken(body.submission_id, entry.task_id, new)

    def _new_task(self, caller: Caller, body: TransferBody | DeleteBody) -> Task:
        if self._closed:
            raise TransferRefused(503, "ServiceUnavailable", "The sandbox is shutting down")
        deadline = self.clock() + _DAY if body.deadline is None else self.deadline(body.deadline)
        activated = not body.skip_activation_check
        user = caller.user
        if isinstance(body, DeleteBody):
            source, destination = self.reach(caller, body.endpoint, write=True, activated=activated), None
            self.refuse_without_consent(caller, source)
        else:
            source = self.reach(caller, body.source_endpoint, activated=activated)
            destination = self.reach(caller, body.destination_endpoint, write=True, activated=activated)
            self.refuse_without_consent(caller, source, destination)
            self.use(user, destination)
            if source is destination:
                refuse_overlap(body)
        self.use(user, source)
        return Task(body, user, source, destination, deadline, self.clock, self.pauses)

    def deadline(self, text: str) -> float:
        """A deadline in seconds since the epoch; TransferRefused 400 when it has passed."""
        deadline = seconds_of(text)
        if deadline <= self.clock():
            raise bad_request("deadline", f"it has passed: {text}")
        return deadline

    def _run(self, task: Task) -> None:
        with self._slots:
            if task.cancel_requested.is_set():
                stopped(task, expired=False)
            else:
                kind = TransferWork if task.type == "TRANSFER" else DeleteWork
                run(task, kind(task, self._pace, self._turns, self._retry_faults_for))
        task.body.DATA.clear()

    def task(self, user: SandboxUser, id: str) -> Task:
        """A task of `user`; TransferRefused 404 for every other, 400 for what is no id of a task."""
        with self._lock:
            task = self._tasks.get(task_id_of(id))
        if task is None or task.owner.id != user.id:
            raise TransferRefused(404, "ClientError.NotFound", f"No task with id '{id}'")
        return task

    def tasks(self, user: SandboxUser) -> list[Task]:
        with self._lock:
            return [task for task in self._tasks.values() if task.owner.id == user.id]

    def cancel(self, task: Task) -> bool | None:
        """Stop a task: True when it has stopped, None when it will at its next chunk, False when it had ended."""
        if not self.request_cancel(task):
            return False
        return True if task.done.wait(self._cancel_wait) else None

    def request_cancel(self, task: Task) -> bool:
        """Tell a task to stop, without waiting for it; False when it had ended."""
        if task.done.is_set():
            return False
        task.cancel_requested.set()
        self.pauses.changed()
        if not task.started:
            stopped(task, expired=False)
        return True

    def every_task(self) -> list[Task]:
        """The tasks of all users."""
        with self._lock:
            return list(self._tasks.values())

    def canceled_together(self, by: SandboxUser, tasks: Sequence[Task]) -> int:
        """The number of a group of tasks that an administrator cancels at once."""
        with self._lock:
            self._cancels.append((by.id, tasks))
            return len(self._cancels)

    def cancel_of(self, user: SandboxUser, number: int) -> Sequence[Task] | None:
        """The tasks that the administrator canceled by that number; None where there is no such number."""
        with self._lock:
            if not 0 < number <= len(self._cancels):
                return None
            by, tasks = self._cancels[number - 1]
        return tasks if by == user.id else None

    def remove(self, task: Task) -> None:
        """Forget a task that has ended; TransferRefused 409 while it has not."""
        if not task.done.is_set():
            raise TransferRefused(
                409, "Conflict", f"Task '{task.id}' is active; only one that has ended can be removed"
            )
        with self._lock:
            self._tasks.pop(task.id, None)

    def close(self) -> None:
        """Stop every task and wait for the workers to end; what is submitted afterwards is refused."""
        with self._lock:
            self._closed = True
            for task in self._tasks.values():
                task.cancel_requested.set()
        self.pauses.changed()
        self._pool.shutdown()
        if self._directory is not None:
            self._directory.cleanup()


def _digest(body: TransferBody | DeleteBody) -> bytes:
    """A digest of the content of a submission, however it is written."""
    hasher = hashlib.sha256(body.model_dump_json(exclude={"DATA"}).encode())
    for item in body.DATA:
        hasher.update(repr(tuple(item)).encode("utf-8", "surrogatepass"))
    return hasher.digest()
