"""The GCS Manager API of an endpoint of Globus Connect Server in the sandbox."""
