"""Access tokens: JWTs, HS256 and nothing else, good for 15 minutes and for one account's present credentials."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256, sha512

import jwt
from uuid_utils import uuid7

from jobalerts.sql.users import User

ALGORITHM = "HS256"
AUDIENCE = "jobalerts/api"
ISSUER = "jobalerts"
LIFETIME = timedelta(minutes=15)
REQUIRED = ["exp", "iat", "sub", "aud", "iss", "jti"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a valid token says: whose it is, and the stamp of the credentials it was issued for."""

    user_id: str
    stamp: str


def issue(key: str, user: User, *, now: datetime | None = None) -> str:
    """A token for this account."""
    moment = now or datetime.now(UTC)
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": user.id,
        "iat": moment,
        "exp": moment + LIFETIME,
        "jti": str(uuid7()),
        "stamp": stamp(key, user),
    }
    return jwt.encode(claims, _derived(key, "access"), algorithm=ALGORITHM)


def read(key: str, token: str) -> Claims | None:
    """The claims of a token that was issued with this key and has not run out; None for everything else."""
    try:
        claims = jwt.decode(
            token,
            _derived(key, "access"),
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=ISSUER,
            options={"require": REQUIRED},
        )
    except jwt.InvalidTokenError:
        return None
    return Claims(user_id=claims["sub"], stamp=str(claims.get("stamp", "")))


def stamp(key: str, user: User) -> str:
    """Changes with the password and the session salt, so that changing either ends every token of the account."""
    credentials = f"{user.id}.{user.session_salt}.{user.password_hash}"
    return hmac.new(_derived(key, "stamp"), credentials.encode(), sha256).hexdigest()[:32]


def _derived(key: str, purpose: str) -> bytes:
    """A key of its own for each purpose, so that what signs links or sessions never signs a token."""
    return hmac.new(key.encode(), f"jobalerts api {purpose}".encode(), sha512).digest()
