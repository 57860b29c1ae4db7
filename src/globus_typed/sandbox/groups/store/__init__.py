"""Groups and their memberships, without HTTP."""
