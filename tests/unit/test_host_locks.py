"""One run of a lock key on a host."""

import os
import threading
from pathlib import Path

from jobalerts import host_locks

NEVER = threading.Event()


def test_a_lock_is_held_until_its_last_descriptor_is_closed(tmp_path: Path) -> None:
    held = host_locks.acquire(tmp_path, "crawl:lever/acme", patience=0, stop=NEVER)
    assert held is not None
    inherited = os.dup(held)
    os.close(held)

    assert host_locks.acquire(tmp_path, "crawl:lever/acme", patience=0, stop=NEVER) is None
    other = host_locks.acquire(tmp_path, "crawl:lever/other", patience=0, stop=NEVER)
    os.close(inherited)
    again = host_locks.acquire(tmp_path, "crawl:lever/acme", patience=0, stop=NEVER)

    assert other is not None
    assert again is not None
    os.close(other)
    os.close(again)


def test_waiting_for_a_lock_ends_when_it_is_told_to(tmp_path: Path) -> None:
    held = host_locks.acquire(tmp_path, "key", patience=0, stop=NEVER)
    assert held is not None
    stop = threading.Event()
    stop.set()

    assert host_locks.acquire(tmp_path, "key", patience=1000, stop=stop) is None
    os.close(held)


def test_keys_that_look_alike_have_files_of_their_own() -> None:
    keys = ["crawl:jsonld/https://a.example/x", "crawl:jsonld/https_//a.example/x", "k" * 500, "k" * 501]
    names = {host_locks.file_name(key) for key in keys}

    assert len(names) == len(keys)
    assert all(len(name) < 120 and "/" not in name for name in names)
