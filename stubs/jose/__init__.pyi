from . import exceptions as exceptions
from . import jwk as jwk
from . import jws as jws
from . import jwt as jwt
