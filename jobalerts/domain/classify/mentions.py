"""What a span of time in a posting is: years asked for, years wished for, or no experience at all."""

import re
from dataclasses import dataclass
from typing import Literal

from jobalerts.domain.classify import mention_words as words
from jobalerts.domain.classify import others
from jobalerts.domain.classify.items import item_around
from jobalerts.domain.classify.plain_text import PlainText
from jobalerts.domain.classify.quantities import Quantity
from jobalerts.domain.classify.sections import Section

# "instead": stands in for something else; "either": a way beside a degree, counted when nothing else is asked for.
_LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
_RARELY_ASKED = 20.0
Role = Literal["required", "preferred", "instead", "either"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of time in [item_start, item_end), its sentence or bullet point.

    `sure`: its words speak of experience; a span that is not sure counts beside one that is.
    """

    quantity: Quantity
    role: Role
    item_start: int
    item_end: int
    sure: bool


def mention_of(
    text: PlainText, quantity: Quantity, section: Section, nearest: tuple[int, int], *, previous: int
) -> Mention | None:
    """Return what the span is, None when it is another time.

    `nearest` bounds it by the spans before and after and by its section; `previous` is where the span before ends.
    """
    start, end = item_around(text.cased, quantity.start, quantity.end)
    if _is_other_time(text, quantity, (start, end)):
        return None
    before = text.lower[max(start, nearest[0]) : quantity.start]
    after = text.lower[quantity.end : min(end, nearest[1])]
    role: Role = "required"
    if _is_wish(before, after, section):
        role = "preferred"
    elif (
        words.INSTEAD.search(before[-70:])
        or words.INSTEAD.search(_clause(after))
        or words.WITHOUT_DEGREE.search(before)
    ):
        role = "instead"
    elif (previous <= start and words.BESIDE_DEGREE.search(before)) or words.FOR_SOME.match(after):
        role = "either"
    parts = (text.lower[start:end], text.lower[start : quantity.start], after)
    return Mention(
        quantity=quantity,
        role=role,
        item_start=start,
        item_end=end,
        sure=_is_experience(quantity, section, parts),
    )


def _clause(after: str) -> str:
    return after.partition(";")[0][:90]


def _is_other_time(text: PlainText, quantity: Quantity, item: tuple[int, int]) -> bool:
    before = text.lower[item[0] : quantity.start]
    unit_at = max(quantity.start, quantity.end - 8)
    after_at = quantity.end
    if words.NOT_AFTER.match(text.lower, after_at) or words.EDUCATION_AFTER.match(text.lower, after_at):
        return True
    if words.ADJECTIVE_OF.search(text.lower, unit_at, min(item[1], after_at + 40)) and _is_singular(
        text.lower, after_at
    ):
        return True
    if quantity.low in words.AGES and words.AGE_BEFORE.search(before):
        return True
    if text.lower.startswith(")", after_at) and _is_length_of_degree(quantity, before):
        return True
    if any(pattern.search(before[-140:]) for pattern in (words.LASTS_BEFORE, words.COMPANY_FOR, words.PAY_BEFORE)):
        return True
    if words.NOT_BEFORE.search(before[-60:]) and not _is_more_than(before, text.lower[after_at : item[1]]):
        return True
    around = before[-50:] + " | " + text.lower[after_at : min(item[1], after_at + 50)]
    return bool(words.OTHER_TIMES.search(around)) and not re.search(words.EXPERIENCE, around)


def _is_length_of_degree(quantity: Quantity, before: str) -> bool:
    if quantity.low >= words.YEARS_OF_SCHOOLING:
        return words.SCHOOLING_BEFORE.search(before[-40:]) is not None
    return words.DEGREE_LENGTH_BEFORE.search(before[-90:]) is not None


def _is_singular(lower: str, end: int) -> bool:
    return lower.endswith(("year", "month", "yr"), 0, end)


def _is_more_than(before: str, after: str) -> bool:
    """ "Over 5 years of experience" asks; "for over 20 years we have" tells."""
    if not words.OVER.search(before) or re.search(r"\bfor (?:well )?over\s$", before):
        return False
    return re.match(rf"[^.;]{{0,90}}{words.EXPERIENCE}", after) is not None


def _is_experience(quantity: Quantity, section: Section, parts: tuple[str, str, str]) -> bool:
    whole, before, after = parts
    named = re.search(words.EXPERIENCE, before[-60:] + after[:120]) is not None
    if _is_told(quantity, section, parts):
        return False
    if re.match(r"\s?'?s? (?:of )?(?:combined|collective)\b", after) or quantity.low > 25:
        return named and section == "required"
    if re.search(r"[年년月월]", whole[len(before) : len(before) + 14]):
        return named
    likely = words.WORKS.match(after) is not None or words.ASKED.search(before) is not None
    if quantity.vague:
        return re.search(words.EXPERIENCE, before[-25:] + after[:60]) is not None or (likely and section == "required")
    likely = likely or words.HAS_DONE.search(before) is not None
    if named or words.LABELLED.search(before) or (words.LISTED.search(before) and _closes(after)):
        return True
    if section != "neutral":
        return likely or bool(words.EXPERIENCE_LABEL.search(before)) or len(before) < 40
    if words.DOING.match(after) or (len(before) < 3 and "+" in whole[:8]):
        return True
    return likely and (
        len(before) < 6
        or "+" in whole
        or words.PERSON.search(whole) is not None
        or words.DEGREE.search(whole) is not None
    )


def _is_told(quantity: Quantity, section: Section, parts: tuple[str, str, str]) -> bool:
    """Years that somebody has or gives, rather than asks for."""
    whole, before, after = parts
    if _is_of_others(before, after, section) or others.is_surely_of_the_company(before, after, quantity.low):
        return True
    if section != "neutral":
        return False
    rare = quantity.low >= _RARELY_ASKED and not words.PERSON.search(whole)
    return rare or others.is_of_the_company(before, after, quantity.low)


def _closes(after: str) -> bool:
    """ "PHP (3+ years)" and "PHP - 3 years": nothing follows that the span could belong to."""
    return after.lstrip().startswith((")", ",")) or not after.strip(" .;").startswith(_LETTERS)


def _is_of_others(before: str, after: str, section: Section) -> bool:
    """The years of the company or of colleagues, not the applicant's."""
    if words.OTHERS.search(before) and not words.SEEKS.search(before):
        return True
    if others.is_of_somebody_else(before):
        return True
    if section != "neutral" or not words.COMPANY.search(before):
        return False
    return not words.PERSON.search(before) and not words.PERSON.search(after[:60])


def _is_wish(before: str, after: str, section: Section) -> bool:
    must = words.MUST_AFTER.match(after)
    wish = words.WISH_AFTER.match(after) or words.WISH_TAIL.match(after)
    if must and not (wish and wish.end() < must.end()):
        return False
    if wish and not _is_of_something_else(after[: wish.end()]):
        return True
    governed = words.WISH_BEFORE.search(before)
    if governed and (_governs(governed["between"]) or (governed["adverb"] and governed["between"].strip() == ",")):
        return True
    return section == "preferred"


def _governs(between: str) -> bool:
    """ "Ideally, you have 5 years" is governed; in "Master's preferred, 5 years" the wish is the degree's."""
    return not re.search(
        r"[,)]", re.sub(r"^\s*,\s*(?=you|with|someone|an? |at |we |candidates?|the |this )", "", between)
    )


def _is_of_something_else(words: str) -> bool:
    """ "5 years of sales; a degree is preferred": the wish has a subject of its own."""
    return (
        re.search(
            r";|(?<!exp)(?<!yrs)\.|\b(?:degree|master'?s|mba|phd|certificat\w*|bachelor'?s?|licen[sc]e)\b[^,]{0,30}$",
            words,
        )
        is not None
    )
