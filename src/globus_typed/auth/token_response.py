"""The responses with tokens, under the names that they have in globus-sdk."""

from globus_typed.auth.documents.token import DependentTokenResponse, TokenResponse

__all__ = [
    "OAuthAuthorizationCodeResponse",
    "OAuthClientCredentialsResponse",
    "OAuthDependentTokenResponse",
    "OAuthRefreshTokenResponse",
    "OAuthTokenResponse",
]

OAuthTokenResponse = TokenResponse
OAuthAuthorizationCodeResponse = TokenResponse
OAuthClientCredentialsResponse = TokenResponse
OAuthRefreshTokenResponse = TokenResponse
OAuthDependentTokenResponse = DependentTokenResponse
