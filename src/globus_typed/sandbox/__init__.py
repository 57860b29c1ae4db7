"""A local Globus on 127.0.0.1: Transfer, Auth and HTTPS access to collections, moving real files. Needs the extra
``sandbox``.

with Sandbox() as sandbox:
    os.environ.update(sandbox.environment)
    ...  # any program that uses Globus
"""

from typing import TYPE_CHECKING

from globus_typed.core.lazy import lazy

if TYPE_CHECKING:
    from globus_typed.sandbox.auth.store.directory import App, SandboxUser
    from globus_typed.sandbox.https.records import FileRequest
    from globus_typed.sandbox.https.weather import HTTPSWeather
    from globus_typed.sandbox.server import Sandbox
    from globus_typed.sandbox.transfer.store.collections import SandboxCollection
else:  # a module with __getattr__ has, to a type checker, every name there is
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "globus_typed.sandbox.auth.store.directory": "App SandboxUser",
            "globus_typed.sandbox.https.records": "FileRequest",
            "globus_typed.sandbox.https.weather": "HTTPSWeather",
            "globus_typed.sandbox.server": "Sandbox",
            "globus_typed.sandbox.transfer.store.collections": "SandboxCollection",
        },
        extra="sandbox",
    )

__all__ = ["App", "FileRequest", "HTTPSWeather", "Sandbox", "SandboxCollection", "SandboxUser"]
