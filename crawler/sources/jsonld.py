"""Any careers page with schema.org JobPosting markup, and the posting pages it lists or links to.

TOKEN is the page's address; with `--base-url` its path is enough.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

from crawler.challenges import is_challenge
from crawler.drafts import Draft
from crawler.fields.html import as_html
from crawler.fields.pay import Pay, amount, pay_from_fields
from crawler.fields.places import Place, place_from_fields, places_from_text
from crawler.fields.texts import one_line
from crawler.fields.urls import canonical_url
from crawler.html import next_page, posting_links
from crawler.jsonld import Markup, markup_of
from crawler.outcomes import Unreadable
from crawler.shape import Answer, Ask, Board, Json, Page, Source, text_of, within
from jobalerts.domain.places import country_code
from jobalerts.domain.posting import Experience

MOST_POSTING_PAGES = 200
SECTIONS = (
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("experienceRequirements", "Experience"),
    ("skills", "Skills"),
    ("educationRequirements", "Education"),
    ("jobBenefits", "Benefits"),
)
SHORTEST_SECTION = 16
"""Characters; "Experienced" alone says nothing that a reader misses."""


def start(board: Board) -> tuple[Ask, ...]:
    token = board.token
    if "://" in token:
        return (Ask(url=token),)
    return (Ask(url=urljoin(board.base_url, f"/{token.lstrip('/')}") if board.base_url else f"https://{token}"),)


def read(answer: Answer) -> Page:
    html = answer.text()
    if not html.strip():
        raise Unreadable("malformed", "the page is empty")
    markup = markup_of(html, answer.url)
    found, asks = bool(markup.postings or markup.has_list), _asks(answer, html, markup)
    if not found and not asks and is_challenge(html, where_json_is_due=False):
        raise Unreadable("blocked", "a challenge page came instead of the board")
    return Page(
        rows=tuple({"posting": posting, "page": answer.url, "of": len(markup.postings)} for posting in markup.postings),
        more=asks[: MOST_POSTING_PAGES + 1],
        unreadable=markup.broken,
        is_board=found,
        is_partial=len(asks) > MOST_POSTING_PAGES + 1,
    )


def draft(row: Json, board: Board) -> Draft:
    posting, page = row["posting"], row["page"]
    own_url = canonical_url(posting.get("url"), page)
    places = tuple(_places(posting))
    wanted_in = tuple(_applicants_from(posting))
    return Draft(
        external_id=_identifier(posting)
        or own_url
        or (page if row["of"] == 1 else f"{page}#{one_line(_title(posting))}"),
        title=_title(posting),
        url=own_url or page,
        company=_name(posting.get("hiringOrganization")),
        locations=places or wanted_in,
        workplace="remote" if "TELECOMMUTE" in str(posting.get("jobLocationType")).upper() else None,
        remote_countries=tuple(dict.fromkeys(p.location.country for p in wanted_in if p.location.country)) or None,
        department=_name(within(posting, ("hiringOrganization", "department"))),
        employment_type=(posting.get("employmentType"),),
        pays=tuple(_pays(posting)),
        html="".join(_sections(posting)),
        language=posting.get("inLanguage"),
        posted_at=posting.get("datePosted"),
        updated_at=posting.get("dateModified"),
        valid_through=posting.get("validThrough"),
        experience=_experience(posting.get("experienceRequirements")),
    )


def _asks(answer: Answer, html: str, markup: Markup) -> tuple[Ask, ...]:
    """Posting pages to read: listed ones, else links; none from a page that is itself a posting."""
    if answer.ask.is_detail:
        return ()
    given = {canonical_url(posting.get("url"), answer.url) for posting in markup.postings} | {canonical_url(answer.url)}
    host = urlsplit(answer.url).hostname
    listed = [url for url in map(canonical_url, markup.listed) if url and urlsplit(url).hostname == host]
    links = listed or ([] if markup.postings else list(posting_links(html, answer.url)))
    pages = tuple(Ask(url=url, is_detail=True) for url in dict.fromkeys(links) if url not in given)
    further = next_page(html, answer.url) if pages or len(markup.postings) > 1 else None
    return (*((Ask(url=further),) if further else ()), *pages)


def _title(posting: Json) -> str:
    return unescape(one_line(posting.get("title") or posting.get("name")))


def _identifier(posting: Json) -> str:
    """The vendor's id; a value without a digit is a name (often the company's), no id."""
    said = posting.get("identifier")
    for value in said if isinstance(said, list) else [said]:
        text = one_line(value.get("value") if isinstance(value, dict) else value)
        if re.search(r"\d", text):
            return text
    return ""


def _name(value: Json) -> str:
    text = value.get("name") if isinstance(value, dict) else value
    return unescape(one_line(text))


def _as_list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _places(posting: Json) -> Iterator[Place]:
    for place in _as_list(posting.get("jobLocation")):
        address = place.get("address", place) if isinstance(place, dict) else place
        if isinstance(address, str):
            yield from places_from_text(unescape(address))
            continue
        for one in _as_list(address):
            found = place_from_fields(
                city=_name(one.get("addressLocality")),
                region=_name(one.get("addressRegion")),
                country=_name(one.get("addressCountry")),
            )
            yield from (found,) if found else places_from_text(_name(place.get("name")))


def _applicants_from(posting: Json) -> Iterator[Place]:
    """Where a remote posting may be worked from: countries, or states of one."""
    for requirement in _as_list(posting.get("applicantLocationRequirements")):
        name = _name(requirement)
        if country_code(name):
            yield from (place for place in (place_from_fields(country=name, text=name),) if place)
        else:
            yield from places_from_text(name)


def _pays(posting: Json) -> Iterator[Pay | None]:
    for salary in _as_list(posting.get("baseSalary")):
        for value in _as_list(salary.get("value")) if isinstance(salary, dict) else ():
            said = value if isinstance(value, dict) else {"value": value}
            low, high = said.get("minValue", said.get("value")), said.get("maxValue", said.get("value"))
            unit = said.get("unitText") or said.get("unitCode") or salary.get("unitText")
            yield pay_from_fields(
                low=low, high=high, currency=salary.get("currency") or said.get("currency"), period=unit or _period(low)
            )


def _period(low: object) -> str | None:
    """When nothing says it: nobody earns 15,000 an hour, nor 200 a year."""
    number = amount(low)
    return None if number is None else "year" if number >= 15_000 else "hour" if number <= 200 else None


def _sections(posting: Json) -> Iterator[str]:
    """The description, and each further field whose text it does not hold already."""
    whole = as_html(posting.get("description"))
    yield whole
    for key, heading in SECTIONS:
        values = [text for text in _as_list(posting.get(key)) if isinstance(text, str)]
        text = "\n".join(values).strip()
        if len(text) >= SHORTEST_SECTION and _words(text) not in _words(whole):
            yield f"<h3>{escape(heading)}</h3>{as_html(text)}"


def _words(html: str) -> str:
    return " ".join(re.sub(r"<[^<>]*>", " ", unescape(html)).split())


def _experience(value: Json) -> Experience | None:
    """Google's `monthsOfExperience`; 18 months are 1.5 years, 0 is none required."""
    for item in _as_list(value):
        months = item.get("monthsOfExperience") if isinstance(item, dict) else None
        if re.fullmatch(r"\d{1,3}(?:\.0+)?", one_line(months)):
            years = float(one_line(months)) / 12
            evidence = text_of(item, "description") or f"{int(float(one_line(months)))} months of experience"
            return Experience(min_years=round(years, 2), max_years=None, evidence=evidence, source="field")
    return None


SOURCE = Source(start=start, read=read, draft=draft, is_scattered=True)
