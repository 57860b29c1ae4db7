"""Whether a login would block an event loop."""

import sys

__all__ = ["in_running_loop"]


def in_running_loop() -> bool:
    """Whether this thread runs an event loop, which a login would block."""
    asyncio = sys.modules.get("asyncio")
    if asyncio is None:
        return False
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    from globus_typed.apps.login_flows.surroundings import in_notebook

    return not in_notebook()  # whose kernel runs cells in a loop that may wait
