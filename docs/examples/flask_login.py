"""A web app whose users log in with Globus: it shows them their collections, and logs them out again.

To be registered at Globus as a confidential app, with http://localhost:5000/login among its redirect URLs, and run so:

    export FLASK_SECRET_KEY=... FLASK_APP_CLIENT_ID=... FLASK_APP_CLIENT_SECRET=...
    flask --app docs/examples/flask_login.py run --host localhost

Or on this machine alone, with the local Globus and the app that is registered there:

    globus-typed sandbox run -- sh -c '
        export FLASK_APP_CLIENT_ID=$GLOBUS_SANDBOX_CLIENT_ID FLASK_APP_CLIENT_SECRET=$GLOBUS_SANDBOX_CLIENT_SECRET
        FLASK_SECRET_KEY=only-for-trying flask --app docs/examples/flask_login.py run --host localhost'
"""

import secrets

from flask import Flask, redirect, render_template_string, request, session, url_for
from werkzeug.wrappers import Response

from globus_typed import (
    AccessTokenAuthorizer,
    AuthAPIError,
    AuthenticationError,
    ConfidentialAppAuthClient,
    GlobusUsageError,
    TransferClient,
)

app = Flask(__name__)
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
# FLASK_SECRET_KEY becomes SECRET_KEY, which signs the session; so does any other setting.
app.config.from_prefixed_env()

PAGE = """<!DOCTYPE html>
<html lang="en">
<title>Your collections</title>
<h1>Your collections</h1>
<ul>
{% for endpoint in endpoints %}
<li>{{ endpoint.display_name }} ({{ endpoint.id }})</li>
{% endfor %}
</ul>
<p><a href="{{ url_for("logout") }}">Log out</a></p>
"""
FAILED = """<!DOCTYPE html>
<html lang="en">
<title>Not logged in</title>
<h1>Not logged in</h1>
<p>{{ why }}</p>
<p><a href="{{ url_for("login") }}">Try again</a></p>
"""


def load_app_client() -> ConfidentialAppAuthClient:
    """This app, as Globus Auth knows it."""
    registered = app.config.get_namespace("APP_")
    return ConfidentialAppAuthClient(registered["client_id"], registered["client_secret"])


@app.route("/")
def index() -> Response | str:
    """The user's collections; a login for who is not logged in."""
    if "tokens" not in session:
        return redirect(url_for("login"))
    token: str = session["tokens"]["transfer.api.globus.org"]["access_token"]
    with TransferClient(AccessTokenAuthorizer(token)) as transfer:
        try:
            endpoints = list(transfer.endpoint_search(filter_scope="my-endpoints"))
        except AuthenticationError:
            # The token has expired, or was revoked.
            session.clear()
            return redirect(url_for("login"))
    return render_template_string(PAGE, endpoints=endpoints)


@app.route("/login")
def login() -> Response | tuple[str, int]:
    """To Globus first, and then, with the code that Globus sends the user back with, to the tokens."""
    redirect_uri = url_for("login", _external=True)
    with load_app_client() as client:
        if "code" not in request.args and "error" not in request.args:
            # One login a visitor: what comes back counts only with the state that this visitor was sent away with.
            session["state"] = secrets.token_urlsafe(32)
            return redirect(client.oauth2_start_flow(redirect_uri, state=session["state"]).get_authorize_url())
        state: str | None = session.pop("state", None)
        if state is None:
            return render_template_string(FAILED, why="This login was not started here."), 400
        flow = client.oauth2_start_flow(redirect_uri, state=state)
        try:
            # Given the whole URL, the flow compares the state, and tells why there is no code when there is none.
            tokens = flow.exchange_code_for_tokens(request.url)
        except (GlobusUsageError, AuthAPIError) as error:
            return render_template_string(FAILED, why=str(error)), 400
    # The session is a cookie that is signed but can be read by its user. Keep refresh tokens in a store of yours.
    session["tokens"] = tokens.by_resource_server
    return redirect(url_for("index"))


@app.route("/logout")
def logout() -> Response:
    """No token of this login is good any more; the user is logged out here, and sent to be logged out of Globus."""
    with load_app_client() as client:
        for token in session.get("tokens", {}).values():
            client.oauth2_revoke_token(token["access_token"])
        session.clear()
        return redirect(client.oauth2_get_logout_url(url_for("index", _external=True), "the collections"))
