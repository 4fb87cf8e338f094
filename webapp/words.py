"""How values are said on a page: times, numbers, pay, places. All as Jinja filters."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import nh3
from flask import Flask
from jinja2 import StrictUndefined
from markupsafe import Markup

from jobalerts.domain.alert import ANY_JOB_TYPE
from jobalerts.domain.job_types import label
from jobalerts.domain.places import country_name
from jobalerts.domain.posting import Posting
from jobalerts.domain.salary_words import salary_words
from jobalerts.mongo.documents import StoredPosting
from webapp.services import now
from webapp.status_words import mail_kind, mail_status, task_status

UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"))
OUTCOMES = {
    "blocked": "the board did not let us in",
    "not_found": "the board is gone",
    "malformed": "the board's answer could not be read",
    "short": "the board gave fewer postings than it says it has",
    "empty": "the board was suddenly empty",
    "timeout": "the board took too long",
    "too_large": "the board's answer was too big",
    "network": "the board could not be reached",
    "robots": "the board asks not to be read",
    "suspicious": "the board was read, but looks too poor to be believed",
    "storage": "our store of postings was away",
    "crashed": "the crawl itself crashed",
    "lost": "its worker was lost",
    "stopped": "its worker was stopped",
    "stale": "a later try took over",
    "invalid": "it cannot be crawled as it is listed",
}
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"),
    ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip
FIELD_NAMES = {
    "description_html": "text", "description_text": "text", "salary": "pay", "locations": "places", "url": "address",
    "apply_url": "address", "experience": "years", "job_types": "kind of work", "seniority": "level",
}  # fmt: skip
TAGS = {"p", "br", "ul", "ol", "li", "b", "strong", "i", "em", "h3", "h4", "a"}


def init_words(app: Flask) -> None:
    """Register every filter; an unknown name in a template is an error."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for word in _filters():
        app.jinja_env.filters[word.__name__] = word


def when(time: datetime | str | None, never: str = "never") -> Markup | str:
    """A <time> in relative words, with the moment itself for machines and on hover."""
    if isinstance(time, str):
        time = datetime.fromisoformat(time)
    if time is None:
        return never
    iso = time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Markup('<time datetime="{}" title="{}">{}</time>').format(iso, moment(time), ago(time))


def due(time: datetime | None, never: str = "–") -> Markup | str:
    """As `when`; what is due already is "now"."""
    return "now" if time and time <= now() else when(time, never)


def ago(time: datetime) -> str:
    """ "3 minutes ago", "in 2 hours", "just now"."""
    seconds_left = (time - now()).total_seconds()
    size = abs(seconds_left)
    for length, unit in UNITS:
        if size >= length:
            words = plural(int(size // length), unit)
            return f"in {words}" if seconds_left > 0 else f"{words} ago"
    return "in a moment" if seconds_left > 0 else "just now"


def moment(time: datetime) -> str:
    """ "20 November 2026, 12:04 UTC"."""
    utc = time.astimezone(UTC)
    return f"{utc.day} {utc:%B %Y, %H:%M} UTC"


def number(value: float | None) -> str:
    """With separators: 1,204; a dash for what is not known."""
    return "–" if value is None else f"{value:,.0f}"


def plural(count: int, noun: str, many: str = "") -> str:
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def seconds(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.1f} s" if value < 60 else f"{int(value // 60)} min {int(value % 60)} s"


def places(posting: Posting, elsewhere: Sequence[StoredPosting] = (), most: int = 3) -> str:
    """The first places, and how many more; `elsewhere` are other postings of the same position."""
    postings = (posting, *(stored.posting for stored in elsewhere))
    names = list(dict.fromkeys(location.text for one in postings for location in one.locations))
    shown = " or ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
    if posting.workplace == "remote":
        return shown if "remote" in shown.casefold() else ", ".join(filter(None, ("Remote", shown)))
    return shown or "Place not stated"


def job_types(slugs: Sequence[str]) -> str:
    return "any kind of work" if ANY_JOB_TYPE in slugs else ", ".join(label(slug) for slug in slugs)


def countries(codes: Sequence[str]) -> str:
    return ", ".join(country_name(code) for code in codes) if codes else "anywhere"


def field_names(keys: Sequence[str]) -> str:
    """Keys of a posting as people call them: "text, pay"."""
    return ", ".join(dict.fromkeys(FIELD_NAMES.get(key, key.replace("_", " ")) for key in keys))


def capitalize_first(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def browser(agent: str) -> str:
    """Browser and system in a person's words; a header nobody knows is shown as it came."""
    name = next((words for mark, words in BROWSERS if mark in agent), "")
    system = next((words for mark, words in SYSTEMS if mark in agent), "")
    return " on ".join(filter(None, (name, system))) or agent[:60] or "unknown"


def clean_html(html: str) -> Markup:
    """A posting's description, cleaned once more on its way out: the crawler's cleaning is not the only guard."""
    cleaned = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, link_rel="nofollow noopener ugc")
    return Markup(cleaned)  # noqa: S704 - only the tags above are left


def web_link(url: str) -> str:
    """The address, if it is one of the web: what boards say is not trusted to be (`javascript:` runs here)."""
    return url if url.startswith(("https://", "http://")) else "#"


def outcome(name: str | None) -> str:
    """Why a crawl failed: its name, which the handbook explains, and a person's words if there are some."""
    return f"{name}: {OUTCOMES[name]}" if name in OUTCOMES else (name or "").replace("_", " ")


def _filters() -> tuple[Callable[..., object], ...]:
    times = (when, due, ago, moment, seconds)
    values = (number, plural, salary_words, places, job_types, countries)
    return (
        times
        + values
        + (outcome, task_status, mail_status, mail_kind, browser, field_names, capitalize_first, clean_html, web_link)
    )
