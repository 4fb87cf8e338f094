"""Signed links that never expire: the unsubscribe link of an alert, good for nothing but pausing it (RFC 8058)."""

from hashlib import sha256

from itsdangerous import BadSignature, URLSafeSerializer

SALT = "unsubscribe"


def unsubscribe_token(key: str, alert_id: str) -> str:
    """The token in `/u/<token>`."""
    return str(_serializer(key).dumps(alert_id))


def read_unsubscribe_token(key: str, token: str) -> str | None:
    """The alert's id, or None when the token was not made with this key."""
    try:
        found = _serializer(key).loads(token)
    except BadSignature:
        return None
    return found if isinstance(found, str) else None


def _serializer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=SALT, signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"})
