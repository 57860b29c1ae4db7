"""What holds with every version of pydantic that is supported."""

import copy
import pickle
import warnings
from importlib import import_module

import pytest
from pydantic import ValidationError

from globus_typed import MISSING
from globus_typed.transfer import EndpointUpdate, Task


def test_missing_is_pydantics_own() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # from 2.14 on it is deprecated there
        assert import_module("pydantic.experimental.missing_sentinel").MISSING is MISSING
    assert copy.deepcopy(MISSING) is MISSING
    assert pickle.loads(pickle.dumps(MISSING)) is MISSING


def test_a_field_that_may_be_missing_is_refused_once_and_by_its_own_name() -> None:
    with pytest.raises(ValidationError) as error:
        EndpointUpdate.model_validate({"display_name": 5})
    assert [problem["loc"] for problem in error.value.errors()] == [("display_name",)]
    assert EndpointUpdate(display_name=MISSING).display_name is MISSING


def test_json_is_read_as_python_data_is() -> None:
    body = b'{"task_id": "t", "items": 7, "DATA_TYPE": "task", "data_type": "new"}'
    task = Task.from_body(body)
    assert (task["items"], task["data_type"], task["DATA_TYPE"]) == (7, "new", "task")
