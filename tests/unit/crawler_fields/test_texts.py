"""Strings, dates, addresses, vocabularies."""

import time

import pytest

from crawler.fields.dates import utc_time
from crawler.fields.modes import employment_type, language_code, language_of, workplace_from_field, workplace_from_text
from crawler.fields.pay_text import pay_in_text
from crawler.fields.texts import name_from_token, one_line
from crawler.fields.urls import canonical_url


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Senior \n\t Engineer  ", "Senior Engineer"),
        ("Engi\x00neer\x07\u200b", "Engineer"),
        ("Mec\u00c3\u00a1nico", "Mecánico"),
        ("Donâ€™t panic", "Don’t panic"),
        ("Ingénieur – Zürich “Âme”", "Ingénieur – Zürich “Âme”"),
        ("lone \ud83d surrogate", "lone surrogate"),
        (None, ""),
        (7, "7"),
        (["x"], ""),
    ],
)
def test_a_line_is_cleaned_and_otherwise_as_written(text: object, clean: str) -> None:
    assert one_line(text) == clean


@pytest.mark.parametrize(
    ("token", "name"),
    [
        ("acme-robotics", "Acme Robotics"),
        ("HighlightTA", "HighlightTA"),
        ("https://careers.acme.example/jobs", "Acme"),
        ("/careers/saltcombe-museums", "Saltcombe Museums"),
    ],
)
def test_a_token_is_made_a_name_to_show(token: str, name: str) -> None:
    assert name_from_token(token) == name


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (1779223091267, "2026-05-19T20:38:11Z"),
        (1779223091, "2026-05-19T20:38:11Z"),
        ("1779223091", "2026-05-19T20:38:11Z"),
        ("2026-11-20", "2026-11-20T00:00:00Z"),
        ("2026-07-16T11:55:32-04:00", "2026-07-16T15:55:32Z"),
        ("2026-04-20T22:43:56.531+00:00", "2026-04-20T22:43:56Z"),
        ("2026-08-05 10:10:39 UTC", "2026-08-05T10:10:39Z"),
        ("September  1, 2026", "2026-09-01T00:00:00Z"),
        ("Tue, 01 Sep 2026 10:00:00 +0200", "2026-09-01T08:00:00Z"),
        ("19 minutes", None),
        ("", None),
        (None, None),
        (0, None),
        (10**30, None),
        (True, None),
        ("9999-99-99", None),
    ],
)
def test_times_of_every_vendor_become_utc(value: object, moment: str | None) -> None:
    assert utc_time(value) == moment


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("https://Jobs.Example/a?gh_jid=7&gh_src=x&utm_source=y", "https://jobs.example/a?gh_jid=7"),
        ("https://jobs.example/a?lever-source=LinkedIn", "https://jobs.example/a"),
        ("https://jobs.example/a?ref=site&b=2&a=1#top", "https://jobs.example/a?b=2&a=1"),
        ("https://jobs.example/a?ref=R-1234", "https://jobs.example/a?ref=R-1234"),
        ("https://jobs.example/#/jobs/7", "https://jobs.example/#/jobs/7"),
        ("https://jobs.example:443/ü", "https://jobs.example/%C3%BC"),
        ("http://Stealth co", None),
        ("javascript:alert(1)", None),
        ("ftp://jobs.example/a", None),
        ("/jobs/7", None),
        ("https://user:pw@jobs.example/a", None),
        ("https://jobs.example/<script>", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses_are_absolute_and_track_nobody(address: object, canonical: str | None) -> None:
    assert canonical_url(address) == canonical


def test_a_relative_address_is_read_against_its_page() -> None:
    assert canonical_url("../jobs/7?utm_medium=x", "https://acme.example/careers/") == "https://acme.example/jobs/7"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("FullTime", "full_time"), ("Full-time", "full_time"), ("permanent", "full_time"), ("PART_TIME", "part_time"),
        ("Fixed Term", "temporary"), ("CONTRACTOR", "contract"), ("Intern", "internship"),
        ("Apprenticeship", "internship"), ("PER_DIEM", "per_diem"), ("VOLUNTEER", "volunteer"), ("OTHER", "other"),
        ("Regular", None),         ("", None), (None, None),
        (["PART_TIME", "TEMPORARY"], "part_time"), ([None, "Intern"], "internship"),
    ],
)  # fmt: skip
def test_employment_types_are_read_in_every_vendors_words(value: object, kind: str | None) -> None:
    assert employment_type(value) == kind


@pytest.mark.parametrize(
    ("value", "workplace"),
    [
        ("on-site", "onsite"), ("onsite", "onsite"), ("OnSite", "onsite"), ("Hybrid", "hybrid"), ("Remote", "remote"),
        ("Hybrid Remote", "hybrid"), ("TELECOMMUTE", "remote"), ("unspecified", None), ("", None),
        (None, None), (True, None),
    ],
)  # fmt: skip
def test_workplace_fields_are_read_in_every_vendors_words(value: object, workplace: str | None) -> None:
    assert workplace_from_field(value) == workplace


@pytest.mark.parametrize(
    ("text", "workplace"),
    [
        ("This is a fully remote position.", "remote"),
        ("This role can be performed remotely.", "remote"),
        ("You will work from home.", "remote"),
        ("This is a hybrid role.", "hybrid"),
        ("We meet three days a week in the office; you work from home otherwise.", "hybrid"),
        ("This role is on-site in Austin.", "onsite"),
        ("This role is not eligible for remote work.", None),
        ("You know remote sensing and hybrid cloud.", None),
        ("We have a remote-first culture? No.", None),
        ("Apply today!\n#LI-Hybrid", "hybrid"),
        ("#LI-Remote", "remote"),
        ("#LI-Onsite #LI-JD1", "onsite"),
        ("You must be able to be in-office 2-3 days/week.", "hybrid"),
        ("Poste en full remote.", "remote"),
        ("Modalidad híbrida: 3 días en oficina.", "hybrid"),
        ("Workplace type: On-site", "onsite"),
        ("Experience managing remote teams.", None),
        ("", None),
    ],
)
def test_a_description_says_the_workplace_only_of_the_role(text: str, workplace: str | None) -> None:
    assert workplace_from_text(text) == workplace


def test_a_language_is_guessed_from_enough_text_only() -> None:
    german = (
        "Wir suchen eine erfahrene Entwicklerin mit sehr guten Kenntnissen in Python und Freude an der Arbeit im Team. "
    )
    assert language_of(german * 2) == "de"
    assert language_of("Hallo Welt") is None
    assert language_of("") is None


@pytest.mark.parametrize(
    ("value", "code"), [("en", "en"), ("pt-BR", "pt"), ("en_US", "en"), ("English", None), (None, None)]
)
def test_a_language_field_is_its_two_letters(value: object, code: str | None) -> None:
    assert language_code(value) == code


@pytest.mark.parametrize(
    "piece", ["$", "\n", " ", "[", "1-", "$1 000", "remote ", "2 days a week in the ", "salary 100 to "]
)
def test_no_repetition_makes_the_reading_of_text_slow(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    began = time.process_time()
    workplace_from_text(text)
    pay_in_text(text, frozenset({"US"}))
    assert time.process_time() - began < 5
