"""Auth requirements errors, under the name that their module has in globus-sdk."""

from globus_typed.apps.gare import GARE, GlobusAuthorizationParameters, has_gares, is_gare, to_gare, to_gares

__all__ = ["GARE", "GlobusAuthorizationParameters", "has_gares", "is_gare", "to_gare", "to_gares"]
