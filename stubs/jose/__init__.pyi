from . import exceptions as exceptions
from . import jwk as jwk
from . import jwt as jwt
