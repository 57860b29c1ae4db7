"""`get`, `post`, `put`, `patch` and `delete`: the calls of any route, as in version 0.7.0 and as in 4.x."""

from collections.abc import Mapping
from typing import Any, ClassVar, overload

from globus_typed.core.documents import Document, Response
from globus_typed.core.given_body import BodyData, Encoding, GivenBody, given_body
from globus_typed.core.outside_text import hidden
from globus_typed.core.request import DocumentT, Method, QueryValue, Request, check_kinds
from globus_typed.core.service import Service
from globus_typed.errors import GlobusUsageError


class AsyncLowLevelCalls:
    """The calls of any route of a service, by its path."""

    service: ClassVar[Service] = Service("", "this client's service")
    """The service, as it declares itself."""
    base_path: ClassVar[str] = "/"
    """The path in front of the paths given to `get`, `post`, `put`, `patch` and `delete`."""
    default_response_class: ClassVar[type[Response]] = Response
    """The document that `get`, `post`, `put`, `patch` and `delete` return."""

    async def send(self, request: Request[DocumentT]) -> DocumentT:
        """The document in the response to a request."""
        raise NotImplementedError

    @overload
    async def get(
        self,
        path: str,
        params: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
        response_class: None = None,
        retry_401: bool = True,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> Response: ...
    @overload
    async def get(
        self,
        path: str,
        params: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        response_class: type[DocumentT],
        retry_401: bool = True,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> DocumentT: ...
    async def get(
        self,
        path: str,
        params: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
        response_class: type[Document] | None = None,
        retry_401: bool = True,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> Document:
        """The response to a GET of any route.

        Parameters: `path` within the service, or a whole URL (the token does not go to another origin); `params` or
        `query_params` for the query; further `headers`; `response_class`, the document to return; `retry_401`, whether
        a 401 makes the authorizer renew its token. Raises like `send`; `GlobusUsageError` for a wrong argument.
        """
        params, query_params, headers = hidden(params), hidden(query_params), hidden(headers)
        return await self.send(self._request("GET", path, params, query_params, headers, response_class, retry_401))

    @overload
    async def delete(
        self,
        path: str,
        params: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
        response_class: None = None,
        retry_401: bool = True,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> Response: ...
    @overload
    async def delete(
        self,
        path: str,
        params: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        response_class: type[DocumentT],
        retry_401: bool = True,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> DocumentT: ...
    async def delete(
        self,
        path: str,
        params: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
        response_class: type[Document] | None = None,
        retry_401: bool = True,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> Document:
        """The response to a DELETE of any route. Parameters and errors as for `get`."""
        params, query_params, headers = hidden(params), hidden(query_params), hidden(headers)
        return await self.send(self._request("DELETE", path, params, query_params, headers, response_class, retry_401))

    @overload
    async def post(
        self,
        path: str,
        json_body: Mapping[str, Any] | None = None,
        params: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
        text_body: str | Mapping[str, str] | None = None,
        response_class: None = None,
        retry_401: bool = True,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        data: BodyData = None,
        encoding: Encoding | None = None,
    ) -> Response: ...
    @overload
    async def post(
        self,
        path: str,
        json_body: Mapping[str, Any] | None = None,
        params: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
        text_body: str | Mapping[str, str] | None = None,
        *,
        response_class: type[DocumentT],
        retry_401: bool = True,
        query_params: Mapping[str, QueryValue] | None = None,
        data: BodyData = None,
        encoding: Encoding | None = None,
    ) -> DocumentT: ...
    async def post(
        self,
        path: str,
        json_body: Mapping[str, Any] | None = None,
        params: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
        text_body: str | Mapping[str, str] | None = None,
        response_class: type[Document] | None = None,
        retry_401: bool = True,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        data: BodyData = None,
        encoding: Encoding | None = None,
    ) -> Document:
        """The response to a POST to any route. It is sent once, and again only if it certainly did not arrive.

        Parameters: one of `json_body`, a JSON object; `text_body`, a str sent as it is or a dict sent as a form; and
        `data`, a JSON object, a payload, a str or bytes, sent in the `encoding` ``"json"``, ``"form"`` or ``"text"``
        (None: JSON for an object or a payload, else as it is); the others as for `get`. Raises like `send`;
        `GlobusUsageError` for a wrong argument.
        """
        json_body, text_body, data = hidden(json_body), hidden(text_body), hidden(data)
        params, query_params, headers = hidden(params), hidden(query_params), hidden(headers)
        body = given_body(json_body, text_body, data, encoding)
        return await self.send(
            self._request("POST", path, params, query_params, headers, response_class, retry_401, body)
        )

    @overload
    async def put(
        self,
        path: str,
        json_body: Mapping[str, Any] | None = None,
        params: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
        text_body: str | Mapping[str, str] | None = None,
        response_class: None = None,
        retry_401: bool = True,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        data: BodyData = None,
        encoding: Encoding | None = None,
    ) -> Response: ...
    @overload
    async def put(
        self,
        path: str,
        json_body: Mapping[str, Any] | None = None,
        params: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
        text_body: str | Mapping[str, str] | None = None,
        *,
        response_class: type[DocumentT],
        retry_401: bool = True,
        query_params: Mapping[str, QueryValue] | None = None,
        data: BodyData = None,
        encoding: Encoding | None = None,
    ) -> DocumentT: ...
    async def put(
        self,
        path: str,
        json_body: Mapping[str, Any] | None = None,
        params: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
        text_body: str | Mapping[str, str] | None = None,
        response_class: type[Document] | None = None,
        retry_401: bool = True,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        data: BodyData = None,
        encoding: Encoding | None = None,
    ) -> Document:
        """The response to a PUT to any route. Parameters and errors as for `post`."""
        json_body, text_body, data = hidden(json_body), hidden(text_body), hidden(data)
        params, query_params, headers = hidden(params), hidden(query_params), hidden(headers)
        body = given_body(json_body, text_body, data, encoding)
        return await self.send(
            self._request("PUT", path, params, query_params, headers, response_class, retry_401, body)
        )

    @overload
    async def patch(
        self,
        path: str,
        json_body: Mapping[str, Any] | None = None,
        params: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
        text_body: str | Mapping[str, str] | None = None,
        response_class: None = None,
        retry_401: bool = True,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        data: BodyData = None,
        encoding: Encoding | None = None,
    ) -> Response: ...
    @overload
    async def patch(
        self,
        path: str,
        json_body: Mapping[str, Any] | None = None,
        params: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
        text_body: str | Mapping[str, str] | None = None,
        *,
        response_class: type[DocumentT],
        retry_401: bool = True,
        query_params: Mapping[str, QueryValue] | None = None,
        data: BodyData = None,
        encoding: Encoding | None = None,
    ) -> DocumentT: ...
    async def patch(
        self,
        path: str,
        json_body: Mapping[str, Any] | None = None,
        params: Mapping[str, QueryValue] | None = None,
        headers: Mapping[str, str] | None = None,
        text_body: str | Mapping[str, str] | None = None,
        response_class: type[Document] | None = None,
        retry_401: bool = True,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        data: BodyData = None,
        encoding: Encoding | None = None,
    ) -> Document:
        """The response to a PATCH of any route, sent once, as a POST is. Parameters and errors as for `post`."""
        json_body, text_body, data = hidden(json_body), hidden(text_body), hidden(data)
        params, query_params, headers = hidden(params), hidden(query_params), hidden(headers)
        body = given_body(json_body, text_body, data, encoding)
        return await self.send(
            self._request("PATCH", path, params, query_params, headers, response_class, retry_401, body)
        )

    def _request(
        self,
        method: Method,
        path: str,
        params: Mapping[str, QueryValue] | None,
        query_params: Mapping[str, QueryValue] | None,
        headers: Mapping[str, str] | None,
        answer: type[Document] | None,
        retry_401: bool,
        body: GivenBody | None = None,
    ) -> Request[Document]:
        check_kinds(path=path, params=params, query_params=query_params, headers=headers, response_class=answer)
        for name in query_params or ():
            if params and params.get(name) is not None:
                raise GlobusUsageError(f"{name}: is given twice, in params and in query_params")
        relative = path.lstrip("/")
        if not path.lower().startswith(("https://", "http://")):
            own = relative.partition("/")[0] in self.service.path_prefixes
            path = f"/{relative}" if own else self.base_path + relative
        return Request(
            method,
            path,
            # A program may name the base class of all documents, by its name of old too.
            self.default_response_class if answer in (None, Document) else answer,
            query={**(params or {}), **(query_params or {})},
            json=body.json if body else None,
            form=body.form if body else None,
            content=body.content if body else None,
            headers=headers or {},
            retry_401=retry_401,
        )
