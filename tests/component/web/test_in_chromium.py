"""The site in a real browser: registering with and without JavaScript, and every page by axe and at 320 pixels."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_core_python
import pytest
from flask import Flask
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of, text_to_be_present_in_element
from selenium.webdriver.support.ui import WebDriverWait
from sqlalchemy import Engine

from jobalerts.links import unsubscribe_token
from jobalerts.mongo.store import PostingStore
from jobalerts.sql import alerts, boards, companies, users
from jobalerts.sql.engine import read, write
from jobalerts.sql.tables import tasks
from jobalerts.sql.users import User
from tests.component.api.rows import save_task
from tests.component.web.chromium import chromium, serving
from tests.component.web.crawled_boards import a_history
from tests.component.web.people import PASSWORD, a_link, a_user, an_alert, mailed, now
from tests.component.web.postings import a_posting, keep

AXE = Path(axe_core_python.__file__).parent / "axe.min.js"
ANSWER_WITHIN_S = 30
POKING_OUT = """
for (const closed of document.querySelectorAll("main details")) closed.open = true;
const boxes = document.querySelectorAll("main label, main button, main .pill, main .button, main .card, main dd");
return [...boxes].filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.textContent.trim());
"""
RUN_AXE = "const done = arguments[0]; axe.run(document, {iframes: false}).then(done)"


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with serving(app) as url:
        yield url


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def browser(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Chrome]:
    with chromium(tmp_path / "profile", has_script=request.param) as found:
        yield found


@pytest.fixture
def modern(tmp_path: Path) -> Iterator[Chrome]:
    with chromium(tmp_path / "profile") as found:
        yield found


def press(browser: Chrome, words: str) -> None:
    """Press a button that sends a form, and wait for the page that answers."""
    page = browser.find_element(By.TAG_NAME, "html")
    browser.find_element(By.XPATH, f"//main//button[normalize-space()='{words}']").click()
    WebDriverWait(browser, ANSWER_WITHIN_S).until(staleness_of(page))


def type_into(browser: Chrome, label: str, text: str) -> None:
    """By its label, as a person finds it."""
    name = browser.find_element(By.XPATH, f"//label[normalize-space()='{label}']").get_attribute("for")
    browser.find_element(By.ID, str(name)).send_keys(text)


def choose(browser: Chrome, words: str) -> None:
    browser.find_element(By.XPATH, f"//label[normalize-space()='{words}']/input").click()


def test_person_registers_confirms_and_sees_what_is_covered(
    browser: Chrome, address: str, sqlite_engine: Engine, request: pytest.FixtureRequest
) -> None:
    with write(sqlite_engine) as connection:
        boards.put_company(connection, "Stripe")
        boards.put(connection, source="greenhouse", token="stripe", company="Stripe", every_hours=6, now=now())
    browser.get(f"{address}/register")
    has_script = bool(browser.find_elements(By.CSS_SELECTOR, ".tags"))
    assert has_script == ("without" not in request.node.name)
    choose(browser, "Software")
    choose(browser, "3–5")
    type_into(browser, "Companies to follow", "Stripe, Globex, Inc.")
    type_into(browser, "Countries", "Germany, USA")
    type_into(browser, "Your name", "Ada")
    type_into(browser, "E-mail", "ada@example")
    press(browser, "Get alerts")

    error = browser.find_element(By.ID, "email-error").text
    assert "period" in error
    browser.find_element(By.ID, "email").send_keys(Keys.END, ".org")
    press(browser, "Get alerts")
    assert browser.find_element(By.TAG_NAME, "h1").text == "Check your mail."
    assert mailed(sqlite_engine) == [("confirm", "ada@example.org")]

    with read(sqlite_engine) as connection:
        user = users.by_email(connection, "ada@example.org")
        assert user is not None
        (alert,) = alerts.of(connection, user.id)
    assert (alert.companies, alert.countries) == (("Stripe", "Globex, Inc."), ("DE", "US"))
    assert (alert.job_types, alert.years) == (("software_engineer",), "3-5")

    browser.get(f"{address}/confirm/{a_link(sqlite_engine, user, 'confirm')}")
    press(browser, "Confirm and start")
    page = browser.find_element(By.TAG_NAME, "main").text
    assert "1 board is read for you" in page
    assert "We know no board of Globex, Inc." in page
    with read(sqlite_engine) as connection:
        assert [one.name for one in companies.unknown(connection)] == ["Globex, Inc."]


def test_names_become_tags_that_the_keyboard_adds_and_removes(modern: Chrome, address: str) -> None:
    modern.get(f"{address}/register?company=Stripe")
    field = modern.find_element(By.ID, "companies")
    field.send_keys("Ramp", Keys.ENTER, "Acme, Inc.", Keys.ENTER)
    tags = [tag.text.removesuffix(" ×") for tag in modern.find_elements(By.CSS_SELECTOR, ".tags span")]
    assert tags == ["Stripe", "Ramp", "Acme, Inc."]
    field.send_keys(Keys.BACKSPACE)
    modern.find_element(By.CSS_SELECTOR, "button[aria-label='Remove Stripe']").send_keys(Keys.SPACE)
    sent = modern.execute_script("return new FormData(arguments[0].form).get('companies')", field)
    assert sent == "Ramp"


def test_what_would_fit_appears_while_choosing(modern: Chrome, address: str, mongo: PostingStore) -> None:
    keep(mongo, a_posting(title="A Posting That Fits"))
    modern.get(f"{address}/register")
    choose(modern, "Software")
    choose(modern, "3–5")
    aside = modern.find_element(By.ID, "preview")
    WebDriverWait(modern, ANSWER_WITHIN_S).until(
        text_to_be_present_in_element((By.ID, "preview"), "1 posting would fit")
    )
    assert "A Posting That Fits" in aside.text


@pytest.fixture
def pages(app: Flask, ada: User, sqlite_engine: Engine, mongo: PostingStore) -> list[str]:
    """Every page, with something on it."""
    with write(sqlite_engine) as connection:
        boards.put_company(connection, "Stripe")
        boards.put(connection, source="greenhouse", token="stripe", company="Stripe", every_hours=6, now=now())
        companies.remember_unknown(connection, ["Globex"], now=now())
    keep(mongo, *(a_posting(external_id=str(n), title="A Rather Long Title of a Posting") for n in range(30)))
    a_history(sqlite_engine, mongo, "greenhouse/stripe", is_suspicious=True)
    made = [save_task(sqlite_engine, status=status) for status in ("failed", "retrying", "running", "success")]
    alert = an_alert(sqlite_engine, ada)
    unsubscribe = f"/u/{unsubscribe_token(app.extensions['jobalerts'].key, alert.id)}"
    public = ["/", "/register", "/sign-in", "/sign-in/sent", "/stats", "/tasks", f"/tasks/{made[0]}", "/mails"]
    public += ["/boards", "/boards/greenhouse/stripe", "/postings", "/postings?q=zebra", "/companies", "/outbox"]
    public += ["/postings/greenhouse/stripe/1", "/nothing", "/confirm/none", unsubscribe, "/api/docs"]
    own = ["/welcome", "/alerts", "/alerts/new", f"/alerts/{alert.id}", f"/alerts/{alert.id}/delete", "/matches"]
    return [*public, *own, "/account", "/admin", "/workers", "/admin/dead-letters"]


def faults(browser: Chrome) -> list[str]:
    """What axe, a narrow screen and the browser's own log say against a page."""
    browser.execute_script(AXE.read_text())
    result: dict[str, Any] = browser.execute_async_script(RUN_AXE)
    found = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in result["violations"]]
    if browser.execute_script("return document.documentElement.scrollWidth > innerWidth"):
        found.append("wider than the screen")
    found += [f"pokes out of its box: {words}" for words in browser.execute_script(POKING_OUT)]
    log = [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]
    return found + [message for message in log if "status of 404" not in message]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_every_page_is_accessible_and_fits_its_screen(
    modern: Chrome, address: str, sqlite_engine: Engine, pages: list[str], width: int, scheme: str
) -> None:
    root = a_user(sqlite_engine, "root@example.org", is_admin=True)
    modern.get(f"{address}/sign-in")
    modern.find_element(By.ID, "email").send_keys(root.email)
    modern.find_element(By.ID, "password").send_keys(PASSWORD)
    press(modern, "Sign in")
    features = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    modern.execute_cdp_cmd("Emulation.setEmulatedMedia", features)
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    modern.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    found = {}
    for page in pages:
        modern.get(address + page)
        found[page] = faults(modern)
    assert {page: wrong for page, wrong in found.items() if wrong} == {}


def test_task_that_runs_is_followed_without_reloading(modern: Chrome, address: str, sqlite_engine: Engine) -> None:
    task_id = save_task(sqlite_engine, status="running", progress_done=1, progress_total=9)
    modern.get(f"{address}/tasks/{task_id}")
    assert "1 of 9" in modern.find_element(By.ID, "task").text
    with write(sqlite_engine) as connection:
        connection.execute(tasks.update().values(status="success", progress_done=9))
    WebDriverWait(modern, ANSWER_WITHIN_S).until(text_to_be_present_in_element((By.ID, "task"), "success"))
