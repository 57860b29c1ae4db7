"""Activation: until when an endpoint is active, how it can be activated, and what is told to do so."""

import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from pydantic_core import from_json

from globus_typed.core.documents import attach
from globus_typed.core.http_info import HTTPInfo
from globus_typed.transfer.documents.activation import (
    ActivationRequirementData,
    ActivationRequirements,
    ActivationRequirementsData,
    ActivationResult,
)

DATA = Path(__file__).parents[2] / "data" / "transfer"
CAME = 1_476_803_436.5


def requirements(came: float | None = CAME, **members: object) -> ActivationRequirements:
    document = ActivationRequirements.model_validate({"DATA": [], **members})
    info = HTTPInfo(method="GET", url="/", status=200, headers={}, body=b"", received_at=came or 0)
    return document if came is None else attach(document, info)


def test_the_end_is_counted_from_when_the_document_came() -> None:
    active = requirements(expires_in=3600, activated=True, expire_time="2001-01-01 00:00:00+00:00")
    assert active.expires_at == CAME + 3600
    assert active.active_until(CAME + 3599, relative_time=False)
    assert not active.active_until(CAME + 3600, relative_time=False)
    assert not active.active_until(CAME + 3601, False)
    assert not active.active_until(0)
    assert not active.always_activated


def test_seconds_are_counted_from_now() -> None:
    active = requirements(time.time(), expires_in=3600, activated=True)
    assert active.active_until(3000)
    assert not active.active_until(4000)


def test_what_was_made_by_hand_knows_its_end_too() -> None:
    named = requirements(None, expires_in=60, activated=True, expire_time="2018-03-21 09:14:00+00:00")
    assert named.expires_at == datetime(2018, 3, 21, 9, 14, tzinfo=timezone.utc).timestamp()
    from_now = requirements(None, expires_in=3600, activated=True)
    assert (from_now.active_until(3000), from_now.active_until(4000)) == (True, False)


@pytest.mark.parametrize("activated", [True, False, None])
def test_what_never_needs_it_is_always_active(activated: bool | None) -> None:
    never = requirements(expires_in=-1, activated=activated)
    assert never.always_activated
    assert never.expires_at is None
    assert never.active_until(10**12)
    assert never.active_until(10**12, relative_time=False)


@pytest.mark.parametrize(
    "members", [{}, {"expires_in": 0}, {"expires_in": None}, {"expires_in": 3600, "activated": False}]
)
def test_what_is_not_active_is_not_active_until_anything(members: dict[str, object]) -> None:
    inactive = requirements(time.time(), **members)
    assert not inactive.active_until(0)
    assert not inactive.active_until(0, relative_time=False)
    assert not inactive.always_activated


@pytest.mark.parametrize(
    ("members", "auto", "web"),
    [
        ({}, False, False),
        ({"auto_activation_supported": True}, True, True),
        ({"auto_activation_supported": False, "oauth_server": "oauth.marsh.example"}, False, True),
        ({"oauth_server": None, "DATA": [{"type": "myproxy"}]}, False, True),
        ({"DATA": [{"type": "delegate_proxy"}, {"type": "delegate_myproxy"}]}, False, True),
        ({"DATA": [{"type": "delegate_proxy"}, {"type": "smoke_signals"}]}, False, False),
    ],
)
def test_the_ways_to_activate(members: dict[str, object], auto: bool, web: bool) -> None:
    document = requirements(CAME, **members)
    assert (document.supports_auto_activation, document.supports_web_activation) == (auto, web)


def test_a_failure_says_what_has_to_be_told() -> None:
    result = ActivationResult.from_body((DATA / "activation_result_failed.json").read_bytes())
    assert result.code == "AutoActivationFailed"
    assert [item.name for item in result.items or ()] == ["hostname", "username", "passphrase"]


@pytest.mark.parametrize(
    ("item", "place"),
    [
        ({"type": "oauth", "name": "x"}, ("DATA", 1, "type")),
        ({"type": "myproxy"}, ("DATA", 1, "name")),
        ({"type": "myproxy", "name": "lifetime_in_hours", "value": 12}, ("DATA", 1, "value")),
        ({"type": "delegate_proxy", "name": "proxy_chain"}, ("DATA",)),
    ],
)
def test_what_is_told_wrongly_is_refused_by_place(item: dict[str, Any], place: tuple[str | int, ...]) -> None:
    with pytest.raises(ValidationError) as error:
        ActivationRequirementsData.model_validate({"DATA": [{"type": "myproxy", "name": "username"}, item]})
    assert [problem["loc"] for problem in error.value.errors()] == [place]


def test_what_was_received_can_be_filled_and_sent_as_a_mapping() -> None:
    received = ActivationRequirements.from_body((DATA / "activation_requirements.json").read_bytes()).data
    received["DATA"] = [item for item in received["DATA"] if item["type"] == "myproxy"]
    received["DATA"][2]["value"] = "open sesame"
    sent = from_json(ActivationRequirementsData.of(received).to_wire())
    assert sent["DATA"][2]["value"] == "open sesame"
    assert len(sent["DATA"]) == 5


def test_a_passphrase_is_shown_nowhere() -> None:
    told = ActivationRequirementsData(
        items=[ActivationRequirementData(type="myproxy", name="passphrase", value="open sesame")]
    )
    assert "sesame" not in repr(told)
    assert "sesame" not in str(told)
    assert told.items[0].value == "open sesame"
    with pytest.raises(ValidationError) as error:
        ActivationRequirementsData.model_validate({"DATA": [{"name": "passphrase", "value": "open sesame"}]})
    assert "sesame" not in str(error.value)
    with pytest.raises(ValidationError) as error:
        ActivationRequirementData.model_validate({"name": "passphrase", "value": "open sesame"})
    assert "sesame" not in str(error.value)
