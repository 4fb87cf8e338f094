"""Passwords: argon2id, a limit on how many are hashed at once, and a list of the ones everybody uses."""

import threading
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 8, 1024
AT_ONCE = 4  # 19 MiB each: a burst of sign-ins must not eat the memory
_hasher = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)  # OWASP's minimum, about 50 ms
_turn = threading.BoundedSemaphore(AT_ONCE)
_DUMMY = _hasher.hash("nobody has this password")


def hashed(password: str | None) -> str | None:
    """The hash to keep; without a password a dummy is hashed all the same, so that both take as long."""
    with _turn:
        made = _hasher.hash(password or "no password")
    return made if password else None


def is_right(password: str, password_hash: str | None) -> bool:
    """Check a password; an account that has none, or does not exist, takes as long and is always wrong."""
    with _turn:
        try:
            fits = _hasher.verify(password_hash or _DUMMY, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
    return fits and password_hash is not None


def needs_rehash(password_hash: str) -> bool:
    """Whether the hash was made with weaker settings than today's."""
    return _hasher.check_needs_rehash(password_hash)


def weakness(password: str) -> str | None:
    """What to tell a person about a password that cannot be taken, or None."""
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST:,} characters."
    if password.casefold() in _common():
        return "This is one of the most used passwords, which are tried first. Choose another."
    return None


@cache
def _common() -> frozenset[str]:
    """The most used passwords of eight characters and more, as Django ships them (compiled by Royce Williams)."""
    return frozenset(files("jobalerts").joinpath("common_passwords.txt").read_text().splitlines())
