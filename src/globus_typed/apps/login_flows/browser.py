"""The browser of this machine: whether there is one with windows, and opening a URL in it."""

import os

__all__ = ["TEXT_BROWSERS", "browser_name", "open_url", "windows_opener"]

TEXT_BROWSERS = frozenset({"browsh", "elinks", "links", "links2", "lynx", "w3m", "www-browser"})
"""Browsers that run in a terminal, and so cannot come back to the program in it."""


def browser_name() -> str | None:
    """The name of the default browser, which may be empty; None if there is none."""
    import webbrowser

    if windows_opener():
        return "wslview"
    try:
        return os.path.basename(webbrowser.get().name)
    except webbrowser.Error:
        return None


def windows_opener() -> str | None:
    """The program that opens a browser of Windows from the Windows Subsystem for Linux; None elsewhere."""
    import shutil

    return shutil.which("wslview") if "WSL_DISTRO_NAME" in os.environ else None


def open_url(url: str) -> bool:
    """Open a URL in the default browser. False if there is none, or only one that runs in a terminal."""
    import webbrowser

    name = browser_name()
    if name is None or name in TEXT_BROWSERS:
        return False
    opener = windows_opener()
    return webbrowser.get(f"{opener} %s").open(url) if opener else webbrowser.open(url)
