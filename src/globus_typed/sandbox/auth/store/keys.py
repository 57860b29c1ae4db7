"""The RSA key that signs id_tokens, and its public half as a JSON Web Key."""

import hashlib
from dataclasses import dataclass, field
from threading import Lock

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from jose import jwk

ALGORITHM = "RS512"


@dataclass(frozen=True)
class SigningKey:
    """A private key and the document that publishes its public half."""

    kid: str
    private_pem: str = field(repr=False)
    public: dict[str, str]


def new_signing_key() -> SigningKey:
    """A fresh RSA key of 2048 bits."""
    private = generate_private_key(public_exponent=65537, key_size=2048)
    private_pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public_pem = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    numbers = jwk.construct(public_pem, ALGORITHM).to_dict()
    kid = hashlib.sha256(public_pem.encode()).hexdigest()[:16]
    public = {"kty": "RSA", "alg": ALGORITHM, "use": "sig", "kid": kid, "n": numbers["n"], "e": numbers["e"]}
    return SigningKey(kid, private_pem, public)


_lock = Lock()
_made: list[SigningKey] = []


def signing_key() -> SigningKey:
    """The key of this process, made when it is first needed: making one takes a tenth of a second or more."""
    with _lock:
        if not _made:
            _made.append(new_signing_key())
        return _made[0]
