"""`World`: the contents of a sandbox, and the calls that add to them."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from globus_typed.core.lazy import Later
from globus_typed.errors import GlobusUsageError
from globus_typed.sandbox.auth.first_people import FirstPeople
from globus_typed.sandbox.auth.store.directory import App, SandboxUser
from globus_typed.sandbox.https.access import CollectionsOverHTTPS
from globus_typed.sandbox.https.weather import HTTPSWeather
from globus_typed.sandbox.login_trouble import LoginTrouble
from globus_typed.sandbox.transfer.first_collections import FirstCollections
from globus_typed.sandbox.transfer.state import TRANSFER_SCOPE
from globus_typed.sandbox.transfer.storage import Storage
from globus_typed.sandbox.transfer.store.collections import SandboxCollection
from globus_typed.sandbox.transfer.store.streams import StreamAccessPoint
from globus_typed.sandbox.weather import Event

if TYPE_CHECKING:
    from globus_typed import scopes as scope_types
    from globus_typed.apps import client_app as client_apps
    from globus_typed.apps import user_app as user_apps
    from globus_typed.apps.storage import base as storages
else:
    client_apps = Later("globus_typed.apps.client_app")
    user_apps = Later("globus_typed.apps.user_app")
    scope_types = Later("globus_typed.scopes")
    storages = Later("globus_typed.apps.storage.base")

__all__ = ["World"]


class World(LoginTrouble):
    """Base class of `Sandbox`: the people, apps and collections that programs find in it.

    Before the first start there is nothing: everything here raises `GlobusUsageError`.
    """

    @property
    def url(self) -> str:
        """The address of all services, without a slash at its end."""
        return self._started().url

    @property
    def https(self) -> HTTPSWeather:
        """The HTTPS servers of the collections: failures that tests ask for, and the requests that came."""
        return HTTPSWeather(self.part(CollectionsOverHTTPS))

    @property
    def ca_file(self) -> Path:
        """The file of CA certificates with which clients trust the HTTPS servers of the collections: the sandbox's, and
        all that were trusted before. It is there until the sandbox stops.

        Clients need it only where the sandbox's environment variables are not set.
        """
        return self.part(CollectionsOverHTTPS).ca_file

    @property
    def client_id(self) -> str:
        """The id of the confidential app."""
        return self.part(FirstPeople).client_id

    @property
    def client_secret(self) -> str:
        """The secret of the confidential app."""
        return self.part(FirstPeople).client_secret

    @property
    def app_identity(self) -> SandboxUser:
        """The identity of the confidential app, which is the user where the app acts for itself."""
        return self.part(FirstPeople).app_identity

    @property
    def source(self) -> SandboxCollection:
        """The user's collection "Sandbox Source"."""
        return self.part(FirstCollections).source

    @property
    def destination(self) -> SandboxCollection:
        """The user's collection "Sandbox Destination"."""
        return self.part(FirstCollections).destination

    @property
    def initiator(self) -> StreamAccessPoint:
        """A stream access point of the source, where the user's tunnels may begin."""
        return self.part(FirstCollections).initiator

    @property
    def listener(self) -> StreamAccessPoint:
        """A stream access point of the destination, where the user's tunnels may end."""
        return self.part(FirstCollections).listener

    @property
    def subscription_id(self) -> str:
        """The id of the subscription that the user manages."""
        return self.transfer.subscription_id

    def access_token(
        self,
        scopes: str | Iterable[str] = TRANSFER_SCOPE,
        *,
        user: SandboxUser | None = None,
        lifetime: int | None = None,
    ) -> str:
        """An access token without a login.

        Parameters: `scopes` of one resource server, in one str separated by spaces, or several; `user` (None:
        the one who logs in); `lifetime` in seconds (None: as for all tokens).
        Raises `GlobusUsageError` for scopes that there are not, and for those of several resource servers.
        """
        scopes = [scopes] if isinstance(scopes, str) else scopes
        try:
            return self.auth.issue_access_token(user or self.user, scopes, lifetime=lifetime)
        except ValueError as error:
            raise GlobusUsageError(str(error)) from None

    def add_user(
        self,
        username: str,
        *,
        name: str | None = None,
        email: str | None = None,
        organization: str | None = None,
        linked_to: SandboxUser | None = None,
        second_factor: bool = True,
    ) -> SandboxUser:
        """Add a person who can log in.

        Parameters: `username`, as in ``lark@sandbox.example``; `linked_to`, another identity of the same person;
        `second_factor`, whether the person has one: a login that needs one is refused else.
        Raises `GlobusUsageError` for a username that is taken or has another form.
        """
        try:
            return self.auth.add_user(
                username,
                name=name,
                email=email,
                organization=organization,
                linked_to=linked_to,
                second_factor=second_factor,
            )
        except ValueError as error:
            raise GlobusUsageError(str(error)) from None

    def add_app(
        self,
        name: str,
        *,
        native: bool = False,
        redirect_uris: Sequence[str] = (),
        client_id: str | None = None,
        secret: str | None = None,
    ) -> App:
        """Add an app that can log in: a confidential one, which has a secret, or a native one, which has none.

        Parameters: `redirect_uris`, where codes may be brought; `client_id` and `secret` (None: new ones).
        Raises `GlobusUsageError` for a `client_id` that is taken, a redirect URI that is not absolute, and a native app
        with a secret.
        """
        (project, *_) = self.auth.registry.projects([self.user.id])
        try:
            if not native:
                return self.auth.add_confidential_app(
                    name, redirect_uris=redirect_uris, client_id=client_id, secret=secret, project_id=project.id
                )
            if secret is not None:
                raise GlobusUsageError("secret: a native app has none")
            return self.auth.add_native_app(
                name, redirect_uris=redirect_uris, client_id=client_id, project_id=project.id
            )
        except ValueError as error:
            raise GlobusUsageError(str(error)) from None

    def remove_app(self, app: App | str) -> None:
        """Remove an app, as its administrators can: its tokens and all that users have allowed it end.

        Its id is not registered again, as that of an unknown native app would be.
        Parameters: `app`, or its id. Raises `GlobusUsageError` for one that there is not.
        """
        self.auth.drop_app(self._app(app).client_id)

    def revoke_consents(self, app: App | str, *, user: SandboxUser | None = None) -> None:
        """Take back all that a user has allowed an app, as the user can on a page of Globus: its tokens end too.

        Parameters: `app`, or its id; `user` (None: the one who logs in). Raises `GlobusUsageError` for an app that
        there is not.
        """
        self.auth.withdraw_consent(user or self.user, self._app(app).client_id)

    def revoke_token(self, token: str) -> None:
        """End an access or refresh token, as any holder of it can; with a refresh token end the access tokens it gave.

        One that is not good, or never was, is as it was.
        """
        self.auth.ledger.revoke(token)

    def _app(self, app: App | str) -> App:
        client_id = app if isinstance(app, str) else app.client_id
        found = self.auth.directory.app(client_id)
        if found is None:
            raise GlobusUsageError(f"app: there is none with the id {client_id!r}")
        return found

    def add_collection(
        self,
        display_name: str,
        *,
        id: str | None = None,
        owner: SandboxUser | None = None,
        public: bool = False,
        directory: Path | None = None,
        data_access: bool = False,
        personal: bool = False,
        subscribed: bool = True,
    ) -> SandboxCollection:
        """Add a guest collection, or with `data_access` a mapped one, of Globus Connect Server.

        Its files are served over HTTPS too, to tokens with the scope ``https`` of the collection, and for a mapped one
        with ``data_access`` as well.

        Parameters: `id`, a UUID (None: a new one); `owner` (None: the user who logs in); `public`, whether others may
        read it, if they have logged in; `directory`, which exists (None: a new one); `data_access`, whether it is a
        mapped collection, for which an app needs the consent to that scope; `personal`, whether it is one of Globus
        Connect Personal instead, which is not served over HTTPS; `subscribed`, whether it is in the sandbox's
        subscription, which roles need.
        Raises `GlobusUsageError` for an id that is no UUID or is taken, and for a directory that does not exist.
        """
        if data_access and personal:
            raise GlobusUsageError("personal: a collection of Globus Connect Personal needs no data_access")
        state = self.transfer
        if directory is None:
            directory = Path(tempfile.mkdtemp(prefix="collection-", dir=self._started().directory()))
        try:
            if not data_access and not personal:
                return self.part(Storage).add(
                    display_name, directory, owner or self.user, id=id, public=public, subscribed=subscribed
                )
            return state.add_collection(
                display_name,
                directory,
                owner or self.user,
                id=id,
                public=public,
                data_access=data_access,
                subscription_id=state.subscription_id if subscribed else None,
            )
        except ValueError as error:
            raise GlobusUsageError(str(error)) from None

    def app(
        self,
        app_name: str = "Sandbox test",
        *,
        scopes: "Mapping[str, scope_types.Scopes] | None" = None,
        refresh_tokens: bool = True,
        storage: "storages.TokenStorage | None" = None,
        auto_redrive_gares: bool = False,
    ) -> "user_apps.UserApp":
        """A `UserApp` of the native app, logged in as the user: coming logins are made by HTTP too, without a browser.

        Parameters: `app_name`; `scopes` by resource server, besides those that clients bring along (None: those that
        logins ask for by default); `refresh_tokens`, whether it requests them; `storage` (None: in memory; a
        `JSONTokenStorage` lets clients of the app travel to other processes); `auto_redrive_gares` as in
        `GlobusAppConfig`. Its clock is that of the sandbox.
        Raises `GlobusUsageError` where the environment variables of the sandbox are not set.
        """
        from globus_typed.sandbox.apps_for_tests import user_app

        return user_app(self, app_name, scopes, refresh_tokens, storage, auto_redrive_gares)

    def client_app(
        self,
        app_name: str = "Sandbox test",
        *,
        scopes: "Mapping[str, scope_types.Scopes] | None" = None,
        storage: "storages.TokenStorage | None" = None,
    ) -> "client_apps.ClientApp":
        """A `ClientApp` of the confidential app, which has its tokens. Parameters and exceptions as of `app`."""
        from globus_typed.sandbox.apps_for_tests import client_app

        return client_app(self, app_name, scopes, storage)

    def fail_next(
        self,
        status: int = 503,
        *,
        times: int | None = 1,
        route: str | None = None,
        retry_after: int | None = None,
        share: float = 1.0,
    ) -> None:
        """Refuse the next requests with an HTTP status, in the error document of their service.

        Parameters: `status`, 400 to 599; `times`, how many requests (None: all); `route`, which requests, as in
        ``/task/{task_id}`` or ``POST /transfer`` (None: any), where a part in braces is any; `retry_after`, the seconds
        in the header ``Retry-After``; `share`, that of the requests which is refused, by chance: 0.2 with
        ``times=None`` for one in five.
        """
        if not 400 <= status <= 599:
            raise GlobusUsageError(f"status: must be an error, from 400 to 599, not {status}")
        self._started().weather.expect(Event("fail", status=status, retry_after=retry_after), times, route, share)

    def drop_next(
        self, *, times: int | None = 1, route: str | None = None, carried_out: bool = False, share: float = 1.0
    ) -> None:
        """Close the connection of the next requests without a response.

        Parameters: `times`, `route` and `share` as in `fail_next`; `carried_out`, whether the request takes effect
        before its response is lost.
        """
        self._started().weather.expect(Event("lose" if carried_out else "drop"), times, route, share)

    def slow(self, seconds: float, *, times: int | None = None, route: str | None = None) -> None:
        """Answer late.

        Parameters: `seconds`, how late (0: as fast as it can from now on); `times` (None: always) and `route` as in
        `fail_next`.
        """
        if not 0 <= seconds < float("inf"):
            raise GlobusUsageError(f"seconds: must be a number of seconds, not {seconds}")
        weather = self._started().weather
        if seconds == 0:
            weather.clear("slow")
        else:
            weather.expect(Event("slow", seconds=seconds), times, route)
