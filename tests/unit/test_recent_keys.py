"""The cache of recently seen keys: short-lived, bounded."""

from datetime import UTC, datetime, timedelta

from jobalerts.recent_keys import RecentKeys

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LIFETIME = timedelta(minutes=5)


def test_a_key_is_known_for_its_lifetime() -> None:
    keys = RecentKeys(LIFETIME)
    keys.add("a", "1", NOW)
    assert keys.find("a", NOW + LIFETIME - timedelta(seconds=1)) == "1"
    assert keys.find("a", NOW + LIFETIME) is None
    assert keys.find("b", NOW) is None


def test_the_oldest_keys_go_when_there_are_too_many() -> None:
    keys = RecentKeys(LIFETIME, most=2)
    for key in ("a", "b", "a", "c"):
        keys.add(key, key, NOW)
    assert [keys.find(key, NOW) for key in ("a", "b", "c")] == ["a", None, "c"]
