"""Years of experience a posting asks for, and the words that say so (the rules: docs/classification.md)."""

from dataclasses import replace

from jobalerts.domain.classify.alternatives import asked_for, bare_branches, level_rows
from jobalerts.domain.classify.mentions import Mention, mention_of
from jobalerts.domain.classify.none_needed import none_needed
from jobalerts.domain.classify.plain_text import PlainText, plain_text
from jobalerts.domain.classify.quantities import Quantity, quantities
from jobalerts.domain.classify.sections import sections
from jobalerts.domain.posting import Experience

_LONGEST_EVIDENCE = 160
_LAST_CLAUSE = 300  # characters after the last span in which a heading may end its clause


def experience_of(title: str, text: str) -> Experience | None:
    """Return what an applicant must have at the least; None when the posting asks for no number of years."""
    whole = plain_text(f"{text}\n{title}")
    mentions = _mentions(whole)
    deciding = asked_for(whole, mentions)
    if deciding:
        quantity = deciding.quantity
        return Experience(
            min_years=quantity.low, max_years=quantity.high, evidence=_evidence(whole, deciding), source="text"
        )
    none = none_needed(whole.lower)
    if none:
        words = whole.original[none.start() : none.end()]
        return Experience(min_years=0.0, max_years=None, evidence=" ".join(words.split()), source="text")
    return None


def _mentions(text: PlainText) -> list[Mention]:
    spans = quantities(text)
    if not spans:
        return []
    parts = sections(text.cased, text.lower, spans[-1].end + _LAST_CLAUSE)
    found: list[Mention] = []
    for index, span in enumerate(spans):
        begins, ends = parts.bounds(span.start)
        previous = spans[index - 1].end if index else 0
        following = spans[index + 1].start if index + 1 < len(spans) else len(text.lower)
        nearest = (max(previous, begins), min(following, ends or following))
        mention = mention_of(text, span, parts.at(span.start), nearest, previous=previous)
        if mention:
            found.append(mention)
    items = {mention.item_start for mention in found if mention.sure} | level_rows(text, found)
    return _with_bare(text, [mention for mention in found if mention.item_start in items])


def _with_bare(text: PlainText, mentions: list[Mention]) -> list[Mention]:
    found = list(mentions)
    known = {mention.quantity.start for mention in mentions}
    for mention in mentions:
        for quantity in bare_branches(text, mention) if mention.role in ("required", "instead") else ():
            if quantity.start not in known:
                known.add(quantity.start)
                found.append(_beside(mention, quantity))
    return sorted(found, key=lambda mention: mention.quantity.start)


def _beside(mention: Mention, quantity: Quantity) -> Mention:
    return replace(mention, quantity=quantity, role="required")


def _evidence(text: PlainText, mention: Mention) -> str:
    """The clause around the span, in the posting's own words, at most 160 characters."""
    start = max(mention.item_start, mention.quantity.start - 50)
    lead = text.original[start : mention.quantity.start]
    if start > mention.item_start:
        start += _clause_start(lead)
    end = min(mention.item_end, start + _LONGEST_EVIDENCE)
    words = text.original[start:end]
    if end < mention.item_end and end < len(text.original) and not text.original[end].isspace():
        words = words.rpartition(" ")[0] or words
    return " ".join(words.split()).strip(" -•*·;,")


def _clause_start(lead: str) -> int:
    cuts = [lead.rfind(mark) + len(mark) for mark in (", ", "; ", ": ", "(") if mark in lead]
    return max(cuts) if cuts else lead.find(" ") + 1
