"""A browser as far as the login needs one: it keeps cookies, and sends a form by one of its buttons."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import anyio
import httpx
from typing_extensions import Self

from .service import BASE, Service


@dataclass
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict[str, str])
    buttons: dict[str, tuple[str, str] | None] = field(default_factory=dict[str, "tuple[str, str] | None"])


class _Reader(HTMLParser):
    """The forms of a page, and its text without markup."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.text: list[str] = []
        self._open: tuple[str, dict[str, str]] | None = None
        self._label = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            assert named["method"] == "post"
            self.forms.append(Form(named["action"]))
        elif tag == "input" and self.forms:
            self.forms[-1].fields[named["name"]] = named["value"]
        elif tag in ("button", "a"):
            self._open, self._label = (tag, named), ""

    def handle_endtag(self, tag: str) -> None:
        if self._open is None or tag != self._open[0]:
            return
        (_, named), self._open = self._open, None
        if tag == "a":
            self.links[self._label.strip()] = named["href"]
        else:
            self.forms[-1].buttons[self._label.strip()] = (named["name"], named["value"]) if "name" in named else None

    def handle_data(self, data: str) -> None:
        self._label += data
        self.text.append(data)


class Browser:
    """What a person sees (`status`, `text`, `forms`, `links`), and where the browser is sent away to (`brought`)."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self.cookies = httpx.Cookies()
        self.response = httpx.Response(204)
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.text = ""

    def open(self, address: str, query: dict[str, str] | None = None) -> Self:
        """The page at the address, after what redirects there are within the sandbox."""
        return self._send("GET", address, params=query)

    def press(self, label: str, **filled: str) -> Self:
        """Send the form that has a button of this label, with fields filled in."""
        (form,) = (form for form in self.forms if label in form.buttons)
        return self.send(form, dict([form.buttons[label] or ("", "")]), filled)

    def send(self, form: Form, *more: dict[str, str]) -> Self:
        fields = dict(form.fields)
        for added in more:
            fields |= added
        fields.pop("", None)
        return self._send("POST", form.action, data=fields)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def brought(self) -> dict[str, str]:
        """What the browser brings to the app."""
        assert self.status == 303, self.text
        query = urlsplit(self.response.headers["location"]).query
        return {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}

    def _send(self, method: str, address: str, **options: Any) -> Self:
        self.response = self._exchange(method, address, **options)
        while self.response.is_redirect and self.response.headers["location"].startswith(("/", BASE)):
            self.response = self._exchange("GET", self.response.headers["location"])
        reader = _Reader()
        reader.feed(self.response.text)
        self.forms, self.links = reader.forms, reader.links
        self.text = " ".join(" ".join(reader.text).split())
        return self

    def _exchange(self, method: str, address: str, **options: Any) -> httpx.Response:
        async def exchange() -> httpx.Response:
            transport = httpx.ASGITransport(self._service.application)
            accept = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
            async with httpx.AsyncClient(
                transport=transport, base_url=BASE, headers=accept, cookies=self.cookies
            ) as client:
                response = await client.request(method, address, **options)
                self.cookies = client.cookies
                return response

        return anyio.run(exchange)
