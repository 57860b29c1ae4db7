"""The few pages a person sees, in plain HTML without scripts."""

from html import escape

from fastapi.responses import HTMLResponse

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1.0625rem/1.5 system-ui, sans-serif; max-width: 38rem; margin: 3rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
label { display: block; font-weight: 600; margin-bottom: .375rem; }
input { box-sizing: border-box; width: 100%; padding: .75rem 1rem; border: 1px solid; border-radius: .375rem;
  font: 1.0625rem/1.5 ui-monospace, monospace; }
footer { margin-top: 3rem; font-size: .875rem; }
"""
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def page(title: str, body: str, status: int = 200) -> HTMLResponse:
    """A page with this title; `body` is HTML, whatever it quotes already escaped."""
    return HTMLResponse(
        f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} - Globus sandbox</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
{body}
</main>
<footer>This is a local Globus for trying and testing. No account of yours is involved.</footer>
</body>
</html>
""",
        status,
        _HEADERS,
    )


def code_page(code: str) -> HTMLResponse:
    """The authorization code, for copying into the program that asked for it."""
    return page(
        "Your authorization code",
        '<p id="how">Copy this code into the program that asked for it. It works once, and not for long.</p>\n'
        '<label for="code">Authorization code</label>\n'
        f'<input id="code" readonly aria-describedby="how" value="{escape(code)}">',
    )


def error_page(code: str, detail: str, status: int = 400) -> HTMLResponse:
    """What went wrong with a request that cannot go back to the app."""
    return page("This request cannot be served", f"<p>{escape(detail)}</p>\n<p>Error code: {escape(code)}</p>", status)


def logged_out_page(redirect_uri: str | None, redirect_name: str | None) -> HTMLResponse:
    """That the person is logged out, with a way back to the app."""
    link = ""
    if redirect_uri is not None:
        link = f'\n<p><a href="{escape(redirect_uri)}">Continue to {escape(redirect_name or redirect_uri)}</a></p>'
    return page("You are logged out", "<p>Your login at this local Globus has ended.</p>" + link)
