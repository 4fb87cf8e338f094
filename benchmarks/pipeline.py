"""What a finished posting costs, in parts, by the processor's time."""

import time
from collections.abc import Callable
from typing import Any

from crawler.drafts import Draft
from crawler.fields.html import as_html, describe
from crawler.fields.modes import language_of, workplace_from_text
from crawler.fields.pay_text import pay_in_text
from crawler.fingerprint import Fingerprint
from crawler.postings import posting_from
from crawler.shape import Board, Json
from crawler.sources.lever import draft
from jobalerts.domain.classify import classify
from jobalerts.domain.posting import Posting

BOARD = Board(source="lever", token="bench", company="Bench")


def show_parts(rows: list[Json]) -> None:
    """Print microseconds a posting of the whole and of each part."""
    finished = [posting_from(draft(row, BOARD), BOARD) for row in rows]
    whole = _cost(lambda row: posting_from(draft(row, BOARD), BOARD), rows)
    print(f"finished postings: {1e6 / whole:,.0f}/s, {whole:,.0f} us each, of which")
    parts: dict[str, tuple[Callable[[Any], object], list[Any]]] = {
        "field map": (lambda row: draft(row, BOARD), rows),
        "fingerprint": (_fingerprint, [draft(row, BOARD) for row in rows]),
        "sanitising": (describe, [as_html(draft(row, BOARD).html) for row in rows]),
        "years, types, level": (lambda posting: classify(posting.title, posting.description_text), finished),
        "language": (lambda posting: language_of(posting.description_text), finished),
        "pay and workplace": (_short_rules, finished),
    }
    for name, (work, things) in parts.items():
        print(f"  {name:<24} {_cost(work, things):>6,.0f} us")


def _fingerprint(said: Draft) -> object:
    fingerprint = Fingerprint()
    fingerprint.add_draft(said)
    return fingerprint


def _short_rules(posting: Posting) -> object:
    return pay_in_text(posting.description_text, frozenset({"DE"})), workplace_from_text(posting.description_text)


def _cost(work: Callable[[Any], object], things: list[Any]) -> float:
    """Microseconds each, the best of three passes."""
    passes = []
    for _ in range(3):
        began = time.process_time()
        for thing in things:
            work(thing)
        passes.append(time.process_time() - began)
    return min(passes) / len(things) * 1e6
