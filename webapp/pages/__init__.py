"""The pages: one blueprint a family. A new family is a module here and a line below."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from webapp.pages import (
    account,
    admin,
    alerts,
    boards,
    companies,
    confirm,
    dead_letters,
    home,
    mails,
    matches,
    metrics,
    outbox,
    postings,
    register,
    sign_in,
    stats,
    tasks,
    unsubscribe,
    workers,
)

FOREIGN_FORMS = frozenset({"unsubscribe"})
"""Families whose forms other sites may send: a mail program unsubscribes without cookie or token (RFC 8058)."""


def blueprints() -> tuple[Blueprint, ...]:
    families = (home, register, confirm, sign_in, alerts, account, matches, unsubscribe)
    running = (stats, tasks, mails, boards, postings, companies, outbox, admin, dead_letters, workers, metrics)
    return tuple(family.blueprint for family in families + running)


def views_without_cookie() -> tuple[Callable[..., Any], ...]:
    """Views that need no CSRF token, for they act on a signed link alone."""
    return (unsubscribe.stop,)
