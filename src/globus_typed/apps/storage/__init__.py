"""Token stores: where apps keep their tokens."""
