"""Which postings fit a person (docs/job_types.md): one function a rule, each answering with the words for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from jobalerts.domain.alert import ANY_JOB_TYPE, Alert, band_words
from jobalerts.domain.companies import name_key
from jobalerts.domain.job_types import label
from jobalerts.domain.places import country_name
from jobalerts.domain.posting import Posting
from jobalerts.domain.years import band_fits, beginners_only, years_asked, years_words

YEARS_STATED, YEARS_GUESSED, YEARS_UNKNOWN = 0.0, 1.0, 2.0


class Candidate(Protocol):
    """What is asked of a stored posting."""

    @property
    def posting(self) -> Posting: ...

    @property
    def is_demo(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Why a posting fits. `evidence` quotes the years it asks for; a lower `rank` stands further up."""

    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    evidence: str | None
    rank: float

    @property
    def text(self) -> str:
        """All of it in one line: "you follow Stripe; job type Software; asks for 3+ years"."""
        return "; ".join((*self.reasons, *self.notes))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    passes: bool
    words: str = ""
    note: str = ""
    rank: float = 0.0


def fit(alert: Alert, candidate: Candidate, company_keys: frozenset[str], *, demo_user: bool = False) -> Fit | None:
    """Return why the posting fits the alert, None when it does not.

    `company_keys` are all keys the posting's employer is known by (`Employers.keys`). Demo postings fit demo users
    alone; a demo user may be offered real ones too. Whether the posting is open, and the alert paused, is not asked.
    """
    if candidate.is_demo and not demo_user:
        return None
    judged = []
    for rule in _RULES:
        one = rule(alert, candidate.posting, company_keys)
        if not one.passes:
            return None
        judged.append(one)
    experience = candidate.posting.experience
    return Fit(
        reasons=tuple(one.words for one in judged if one.words),
        notes=tuple(one.note for one in judged if one.note),
        evidence=(experience.evidence or None) if experience else None,
        rank=sum(one.rank for one in judged),
    )


def left_out(
    alert: Alert, candidate: Candidate, company_keys: frozenset[str], *, demo_user: bool = False
) -> tuple[str, ...]:
    """Return every reason why the posting does not fit, in words for its person; nothing when it fits."""
    judged = (rule(alert, candidate.posting, company_keys) for rule in _RULES)
    demo = ("is a made-up posting of the demo",) if candidate.is_demo and not demo_user else ()
    return demo + tuple(one.words for one in judged if not one.passes)


def _years(alert: Alert, posting: Posting, _keys: frozenset[str]) -> _Judged:
    asked = years_asked(posting)
    if not band_fits(alert.years, posting):
        if beginners_only(alert.years, posting):
            return _Judged(passes=False, words=f"is for {_level(posting)}s; you have {band_words(alert.years)}")
        return _Judged(passes=False, words=f"{_asks(posting)}; you have {band_words(alert.years)}")
    if asked is None:
        return _Judged(passes=True, note="years not stated", rank=YEARS_UNKNOWN)
    if posting.experience is None:
        return _Judged(passes=True, note=_asks(posting), rank=YEARS_GUESSED)
    return _Judged(passes=True, words=_asks(posting), rank=YEARS_STATED)


def _asks(posting: Posting) -> str:
    asked = years_asked(posting)
    if asked is None:
        return "years not stated"
    if posting.experience is None:
        return f"asks for about {asked[0]:g} years ({_level(posting)})"
    return f"asks for {years_words(*asked)}"


def _level(posting: Posting) -> str:
    return posting.seniority or ""


def _job_types(alert: Alert, posting: Posting, _keys: frozenset[str]) -> _Judged:
    if ANY_JOB_TYPE in alert.job_types:
        return _Judged(passes=True, words="any job type")
    shared = [slug for slug in posting.job_types if slug in alert.job_types]
    if shared:
        return _Judged(passes=True, words=f"job type {' and '.join(label(slug) for slug in shared)}")
    is_in = " and ".join(label(slug) for slug in posting.job_types)
    return _Judged(passes=False, words=f"is in {is_in or 'no job type'}, which you did not choose")


def _companies(alert: Alert, posting: Posting, keys: frozenset[str]) -> _Judged:
    if not alert.companies:
        return _Judged(passes=True)
    if any(name_key(name) in keys for name in alert.companies):
        return _Judged(passes=True, words=f"you follow {posting.company}")
    return _Judged(passes=False, words=f"is at {posting.company}, which you do not follow")


def _places(alert: Alert, posting: Posting, _keys: frozenset[str]) -> _Judged:
    if not alert.countries:
        return _Judged(passes=True)
    here = [place.country for place in posting.locations if place.country in alert.countries]
    if here:
        return _Judged(passes=True, words=f"in {_names(here)}")
    if posting.workplace == "remote":
        if posting.remote_countries is None:
            return _Judged(passes=True, words="remote, no country excluded")
        allowed = [country for country in posting.remote_countries if country in alert.countries]
        if allowed:
            return _Judged(passes=True, words=f"remote from {_names(allowed)}")
    unread = _unread_place(posting)
    if unread:
        return _Judged(passes=True, note=unread, rank=0.5)
    return _Judged(passes=False, words=f"is in {_names(_where(posting))}, not where you look")


def _unread_place(posting: Posting) -> str:
    """Say which place names no country; "" when all do. A remote posting that says from where is not in doubt."""
    if posting.workplace == "remote" and posting.remote_countries is not None:
        places = [place for place in posting.locations if "remote" not in place.text.casefold()]
    else:
        places = list(posting.locations)
        if not places:
            return "place not stated"
    unread = next((place.text for place in places if place.country is None), None)
    return "" if unread is None else f"country of “{unread}” not recognised"


def _where(posting: Posting) -> list[str]:
    return [place.country for place in posting.locations if place.country] or list(posting.remote_countries or ())


def _names(countries: list[str]) -> str:
    return " and ".join(country_name(code) for code in dict.fromkeys(countries)) or "no country you chose"


def _remote(alert: Alert, posting: Posting, _keys: frozenset[str]) -> _Judged:
    if not alert.remote_only:
        return _Judged(passes=True)
    if posting.workplace == "remote":
        return _Judged(passes=True, words="remote")
    how = {"hybrid": "is hybrid", "onsite": "is on site", None: "is not said to be remote"}[posting.workplace]
    return _Judged(passes=False, words=f"{how}; you look for remote only")


_RULES: tuple[Callable[[Alert, Posting, frozenset[str]], _Judged], ...] = (
    _companies,
    _job_types,
    _places,
    _remote,
    _years,
)
