"""Signed links that never expire: the unsubscribe link of alerts, good for nothing but pausing them (RFC 8058)."""

from hashlib import sha256

from itsdangerous import BadSignature, URLSafeSerializer

SALT = "unsubscribe"


def unsubscribe_token(key: str, *alert_ids: str) -> str:
    """The token in `/u/<token>` that stops these alerts of one person."""
    return str(_serializer(key).dumps(" ".join(alert_ids)))


def read_unsubscribe_token(key: str, token: str) -> tuple[str, ...]:
    """The ids of the alerts; none when the token was not made with this key."""
    try:
        found = _serializer(key).loads(token)
    except BadSignature:
        return ()
    return tuple(found.split()) if isinstance(found, str) else ()


def _serializer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=SALT, signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"})
