"""A policy that makes no sense is refused when it is made; one that is patient stays so."""

from typing import Any

import pytest

from globus_typed import GlobusConnectionError, GlobusUsageError, Request, Response, RetryPolicy


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, value) for name in ("max_retries", "max_connect_retries") for value in (-1, "3", 1.5, True, None)),
        *(("max_backoff", value) for value in (-0.1, "10", float("nan"), None, True)),
        *(("max_retry_after", value) for value in (-1, "120", float("nan"), None)),
        *(("total_timeout", value) for value in (0, -1, "9", float("nan"), True)),
        *(("statuses", value) for value in (503, "503", None)),
        *(("final_codes", value) for value in ("ExternalError", b"ExternalError", 7)),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused_by_name(name: str, value: object) -> None:
    given: Any = {name: value}
    with pytest.raises(GlobusUsageError, match=f"^{name}: must be .*, got "):
        RetryPolicy(**given)


def test_the_smallest_and_the_largest_policy_are_policies() -> None:
    request, lost = Request("GET", ("x",), Response), GlobusConnectionError("gone")
    none = RetryPolicy(max_retries=0, max_connect_retries=0, max_backoff=0, max_retry_after=0)
    assert none.delay(request, lost, 1) is None
    endless = RetryPolicy(max_retries=10**6, max_backoff=60, max_retry_after=float("inf"), statuses=[503])
    assert {endless.delay(request, lost, attempt) for attempt in (10, 100, 2000, 10**6)} == {60}
