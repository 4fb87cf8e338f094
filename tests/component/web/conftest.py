"""The web application on SQLite and a real MongoDB, and people with browsers."""

import pytest
from flask import Flask
from sqlalchemy import Engine

from jobalerts.config import Settings
from jobalerts.mongo.store import PostingStore
from jobalerts.sql.users import User
from tests.component.web.people import Browser, a_user
from webapp.app import create_app


@pytest.fixture
def app(settings: Settings, sqlite_engine: Engine, mongo: PostingStore) -> Flask:
    return create_app(settings, sqlite_engine, mongo, lambda: None)


@pytest.fixture
def stranger(app: Flask) -> Browser:
    """A browser in which nobody is signed in."""
    return Browser(app)


@pytest.fixture
def ada(sqlite_engine: Engine) -> User:
    return a_user(sqlite_engine, "ada@example.org")


@pytest.fixture
def adas(app: Flask, ada: User) -> Browser:
    """Ada's browser, signed in."""
    browser = Browser(app)
    browser.sign_in(ada.email)
    return browser


@pytest.fixture
def bobs(app: Flask, sqlite_engine: Engine) -> Browser:
    """The browser of another user, signed in."""
    browser = Browser(app)
    browser.sign_in(a_user(sqlite_engine, "bob@example.org", username="Bob").email)
    return browser


@pytest.fixture
def admins(app: Flask, sqlite_engine: Engine) -> Browser:
    """An admin's browser, signed in."""
    browser = Browser(app)
    browser.sign_in(a_user(sqlite_engine, "root@example.org", username="Root", is_admin=True).email)
    return browser
