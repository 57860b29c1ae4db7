"""Collections that are added by a public call."""

import pytest

from globus_typed import ConflictError, TransferClient
from globus_typed.sandbox import Sandbox


def test_they_can_have_roles(globus_sandbox: Sandbox, globus_transfer_client: TransferClient) -> None:
    lark = globus_sandbox.add_user("lark@sandbox.example")
    role = {"DATA_TYPE": "role", "principal_type": "identity", "principal": lark.id, "role": "access_manager"}
    added = globus_sandbox.add_collection("Shelf")
    globus_transfer_client.add_endpoint_role(added.id, role)
    roles = globus_transfer_client.endpoint_role_list(added.id)
    assert (lark.id, "access_manager") in [(str(each.principal), each.role) for each in roles]
    bare = globus_sandbox.add_collection("Bare", subscribed=False)
    with pytest.raises(ConflictError, match="subscription"):
        globus_transfer_client.add_endpoint_role(bare.id, role)
