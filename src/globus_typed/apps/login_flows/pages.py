"""The pages that the browser shows at the end of a login by a local server."""

from dataclasses import dataclass
from html import escape
from string import Template

__all__ = ["ALREADY", "ARRIVED", "DONE", "FAILED", "FOREIGN", "NOT_HERE", "PAGE", "Page", "denied"]


@dataclass(frozen=True)
class Page:
    """A page of the local server, as text: it is escaped when it is put into the template."""

    status: int
    """The HTTP status."""
    title: str
    """The outcome, as a heading."""
    text: str
    """The next step, in a sentence."""

    def render(self, template: Template) -> bytes:
        """The page in a template with ``$login_result`` and ``$post_login_message``."""
        filled = template.safe_substitute(login_result=escape(self.title), post_login_message=escape(self.text))
        return filled.encode()


PAGE = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>$login_result</title>
<style>
:root { color-scheme: light dark; }
body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 12vh auto 0; max-width: 36rem; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; }
</style>
</head>
<body>
<main>
<h1>$login_result</h1>
<p>$post_login_message</p>
</main>
</body>
</html>
""")

DONE = Page(200, "You are logged in", "You may close this window and return to the program.")
ARRIVED = Page(200, "The login is being completed", "You may close this window: the program goes on by itself.")
ALREADY = Page(200, "This login is already complete", "It was made in another window. You may close this one.")
FAILED = Page(502, "The login did not succeed", "You may close this window. The program says what went wrong.")
FOREIGN = Page(
    400,
    "This is not the login that the program waits for",
    "Nothing was changed, and the program still waits. Use the link that it shows, or the window that it opened.",
)
NOT_HERE = Page(404, "There is nothing here", "A program waits at this address for a login to come back.")


def denied(error: str, description: str | None) -> Page:
    """The page of a login that the user, or Globus Auth, refused."""
    said = description or error
    return Page(403, "The login was refused", f"{said.rstrip('.')}. You may close this window.")
