"""What a span of time in a posting is: years asked for, years wished for, or no experience at all."""

import re
from dataclasses import dataclass
from typing import Literal

from jobalerts.domain.classify.items import item_around
from jobalerts.domain.classify.plain_text import PlainText
from jobalerts.domain.classify.quantities import Quantity
from jobalerts.domain.classify.sections import Section

# "instead": stands in for something else; "either": a way beside a degree, counted when nothing else is asked for.
Role = Literal["required", "preferred", "instead", "either"]

_EXPERIENCE = (
    r"(?:experien|exp\b|exp\.|expertise|erfahrung|expérience|experiencia|experiência|esperienza|ervaring|erfarenhet|erfaring"
    r"|doświadczen|経験|经验|經驗|경력|경험|yoe\b|pqe\b|post[- ]qualifi|background|track record|seniority|berufspraxis|tenure in)"
)
_WORKS = re.compile(
    r"\s?'?s?'?\s?[)\]]?,?\s?(?:(?:of|in|as|with|at|on|using|within|across|inside|doing|post|without|relevant|related|professional|industry|hands|work|direct"
    r"|proven|prior|previous|progressive|solid|practical|full[\s-]time|management|leadership|supervisory|minimum|or more|required|under (?:your|their) belt)\b"
    r"|\w+ing\b|\w+ed\b|in the\b|\w+[\s-]facing)"
)
_ASKED = re.compile(
    r"\b(?:minimum|min\.?|at least|least|requires?|required|require|requirements?|must have|must possess|need|needs|mindestens|minimal|minimum de|mínimo"
    r"|mínimo de|au moins|al menos|almeno|minimaal|mind\.|you have|you've|you bring|possess|candidates? (?:has|have|with)|someone with|looking for|seeking|with|has|having)"
    r"(?: (?:of|de|a|an|the|around|about|approximately|approx\.?|over|more than|roughly|ca\.?|von|du|experience))*[:\s(~>≥]*$"
)
_EXPERIENCE_LABEL = re.compile(
    rf"{_EXPERIENCE}\w*(?: (?:required|level|range|needed|of|de|von|requirements?))*[\s:(\-–=>~]*(?:[a-z/ ]{{0,24}}[:(]\s?)?$"
)

_HAS_DONE = re.compile(r"\b(?:you|you've|candidates?|must)\b[^.;]{4,120}\bfor (?:at least |a minimum of )?$")
_LISTED = re.compile(r"^\W*\w[^.,;:]{1,40} -\s?$")
_LABELLED = re.compile(r"^[^.,;]{2,40}:\s?$")

# Right after the span: what makes it something else than experience.
_NOT_AFTER = re.compile(
    r"\s?'?s?[\s-]{1,2}(?:ago\b|old(?:er)?\b|of age\b|(?:or|and|&) (?:older|younger)\b|younger|in (?:business|operation)\b(?! (?:develop|analy|intel|operat|manag|admin|consult|strateg|process|sales|and|&|or))|running\b|anniversar|warrant"
    r"|vest|cliff\b|sabbatical|from (?:now|the date|today)|in a row|per\b|later\b|after\b|before\b|earlier\b|long\b|prior to\b|following\b|since\b"
    r"|of (?:continuous |consecutive |company |uninterrupted |credited )?(?:service|employment|tenure|growth|innovation|history|heritage|success\b|tradition"
    r"|existence|operation|vesting|life\b|age\b|funding|runway|research and development at|profitab)\b(?! (?:manag|deliver|desk|industr|exp|design|operat))"
    r"|(?:gründ|alt\b|jahre alt|de edad|d'âge)|(?:of|out of) the (?:last|past)"
    r"|(?:post[- ]?secondary|college|university|high school|undergraduate|graduate|vocational|technical|trade|accredited|tertiary|higher|formal|academic)?\s?"
    r"(?:degree|diploma|college|university|school(?:ing)?|education|studies|study|coursework|bachelor|associate|undergraduate|post[- ]?secondary|institution)\b(?![^,;.\n]{0,30}experien))"
)
_EDUCATION_AFTER = re.compile(
    r"\s?'?s?\s?of (?:(?:full[- ]time|formal|accredited|relevant|related|completed|successful|advanced|additional|the) )?(?:post[- ]?secondary|college|university|high school|undergraduate"
    r"|graduate|vocational|technical|trade|tertiary|higher|academic|education|school|stud(?:y|ies)|coursework|training|residency|fellowship)\b(?![^,;.\n]{0,40}experien)"
)
# "a 2-year contract", "5-year plan": only with the unit in the singular, as an adjective.
_ADJECTIVE_OF = re.compile(
    r"(?:year|month|yr)[\s-]+(?:[a-z]+[\s-]){0,2}?(?:plan|strategy|vision|roadmap|program(?:me)?|project|contract|course|college|term|commitment|assignment|visa"
    r"|rotation|apprenticeship|diploma|degree|limited|fixed|initiative|period|partnership|bond|internship|mandate|warranty|lease|cycle|horizon|history\b(?! of)"
    r"|window|vesting|cliff|placement|temporary|temp\b|position|role|post\b|appointment|engagement|secondment|leave|anniversary|probation\w*|extension|forecast"
    r"|budget|residency|fellowship|scholarship|university|journey|legacy|heritage|curriculum|certificate|renewable|maternity|duration|stint|deal|agreement|award|grant)s?\b"
    r"(?![^,;.\n]{0,30}experien)"
)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:last|past|previous|next|first|final|coming|every|each|within|inside|per|after|since|age|aged|ages|upcoming|another|twice|once|recent|following|averag\w+|older than|founded|established"
    r"|contract|duration|\w*dauer|term|length|initial|vesting|over|for the|lasting|il y a|depuis|seit|vor|hace|desde hace|pendant|há|da|sedan|voor|al)"
    r"(?: (?:of|the|a|an|about|over|approximately|almost|nearly|more than|up to|our|your|their|its|vergangenen|letzten|über|mehr als|rund|fast|plus de|más de|mais de|oltre|ruim|meer dan|is|for|least|at|duration))*"
    r"|\bfor (?:over|more than|nearly|almost|the better part of|some|about|around|up to))[\s:(]*$"
)
_OVER = re.compile(r"\b(?:over|plus de|oltre|más de|mehr als|über)\s$")
_COMPANY = re.compile(
    r"\b(?:we|we've|we're|our|us|company|firm|founded|since|established|organi[sz]ation|family-owned|leader in|leading provider|has been|have been|inc|llc|ltd|gmbh|wir|unser\w*|nous|notre"
    r"|team (?:has|have|brings?|with)|combined|collective|collectively|founders?|led by|backed by|alongside|mentored by|learn from|surrounded by|trusted|proud)\b"
)
_PERSON = re.compile(
    r"\b(?:you|you'll|you've|your|candidates?|applicants?|looking|seek\w*|require\w*|need\w*|must|hir(?:e|ing)|want\w*|ideal\w*|someone|minimum|at least|qualif\w*|experienced|individual|person"
    r"|du|sie|vous|suche\w*|recherch\w*|busca\w*|mindestens|expect\w*|ask)\b"
)
_OTHER_TIMES = re.compile(
    r"\b(?:salar\w+|pto|vacation|paid time|holiday|parental leave|401\(?k\)?|vest\w*|warranty|probation\w*|driving record|criminal|convict\w*|felon\w*|resid\w+ in|lived in|citizen\w*"
    r"|background (?:check|investigation)|visa|sponsorship|stem opt|opt\b|contract (?:length|duration|term)|duration|term of (?:contract|employment)|bonus of|stock|equity grant|refresh)\b"
)
_AGES = frozenset((16.0, 18.0, 19.0, 20.0, 21.0))
_AGE_BEFORE = re.compile(
    r"\b(?:must be|be|are|is|aged?|minimum age)(?: (?:at least|over|a minimum of|of|minimum|above|:))*[\s:]*$"
)

# Words that make years a wish: before them ("ideally 5 years") or at the end of their clause ("5 years preferred").
_WISH = (
    r"(?:preferred|preferable|preferrable|a (?:big |huge |strong |definite |real |major |distinct )?(?:plus|bonus|asset|advantage)|plus\b(?=\s*(?:$|[.;!)]))|desired|desirable|an (?:asset|advantage|added)"
    r"|advantageous|beneficial|nice to have|helpful|ideal\b|optional|recommended|not (?:required|necessary|mandatory|essential)|would be (?:great|nice|good|ideal|useful)"
    r"|highly regarded|favou?red|von vorteil|wünschenswert|est un plus|serait un plus|un atout|se valora\w*|deseable|desejável|valorad\w+|歓迎|尚可|優遇|우대|优先)"
)
_WISH_BEFORE = re.compile(
    r"(?:\b(?:ideally|preferably|nice[\s-]to[\s-]haves?|bonus(?: points)?(?: if| for)?|plus if|we'd (?:love|like|prefer)|we would (?:love|like|prefer)|would be (?:great|nice|good|ideal)|great if"
    r"|idealerweise|bevorzugt|idéalement|de préférence|idealmente|preferiblemente|se valorará|se valora|valorable|preferencialmente|extra credit|even better|preference (?:is |will be )?(?:given )?(?:to|for)|optionally|gerne)\b"
    r"|(?:^|[,;(])[\s\W]*(?:preferred|desired|desirable|pluses|recommended|advantageous|optional|wünschenswert|preference|prefer)\b"
    r"|\b(?:preferred|desired|desirable|plus|pluses|optional|preference)\s?[:-]|\b(?:preferred|desired|preferable) (?:\w+ )?(?:experience|qualifications?|skills?|candidates?|background)\b)"
    r"(?P<between>[^.;!?\n]{0,70})$"
)
_WISH_AFTER = re.compile(rf"[^,;()\n]{{0,120}}?(?<![a-z-]){_WISH}(?![a-z])")
_ADVERBS = (
    r"(?:(?:is|are|strongly|highly|very|much|also|but|though|although|however|this is|that is|which is|would be|considered"
    r"|greatly|preferably|or|generally|definitely)\s)*"
)
# The wish stands alone after a comma or bracket, or closes a list ("in sales, marketing, or operations preferred").
_WISH_TAIL = re.compile(
    rf"[^;\n]{{0,160}}?(?:[,(-]\s?|,\s(?:and/)?or\s[\w /]{{1,40}}\s){_ADVERBS}{_WISH}(?:\s?[).,;:]|\s*$|(?=[A-Z\n]))"
)
_MUST_AFTER = re.compile(
    r"[^;\n]{0,110}?\b(?<!not )(?:required|must|mandatory|essential|is a must|necessary|erforderlich|requis|obligatoire)\b(?! (?:field|skills))"
)
_INSTEAD = re.compile(
    r"\b(?:in lieu of|substitut\w*|in place of|in exchange for|instead of|each (?:additional )?year|equivalency|equate[sd]?|(?:may|can) (?:be )?(?:replaced?|offset|waived?|count\w*))\b"
)

_WITHOUT_DEGREE = re.compile(
    r"\bif (?:an? |you |no |only )?(?:\w+ )?(?:associate|high[\s-]school|no degree|without)[^.;]{0,60}$"
    r"|\b(?:degree|diploma)[^.;]{0,50}\bor\b[^.;,]{0,20}\bequivalent\b[^.;]{0,25}\($"
    r"|\b(?:degree|diploma)[^.;]{0,50}\bor\b[^.;,]{0,20}\bequivalent\b\s?\((?:minimum|min\.?|at least)?(?: of)?\s?$"
)
_BESIDE_DEGREE = re.compile(
    r"\b(?:degree|diploma|bachelor'?s?|master'?s?|ged)\b[^.;\d]{0,70}\bor\b(?:\s|,|\b(?:at least|an?|minimum|min|of|over|with|equivalent|the|additional)\b)*$"
)


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


def mention_of(text: PlainText, quantity: Quantity, section: Section, nearest: tuple[int, int]) -> Mention | None:
    """Return what the span is, None when it is another time; `nearest` bounds it by the spans before and after."""
    start, end = item_around(text.cased, quantity.start, quantity.end)
    if _is_other_time(text, quantity, (start, end)):
        return None
    before = text.lower[max(start, nearest[0]) : quantity.start]
    after = text.lower[quantity.end : min(end, nearest[1])]
    role: Role = "required"
    if _is_wish(before, after, section):
        role = "preferred"
    elif _INSTEAD.search(before[-70:]) or _INSTEAD.search(_clause(after)) or _WITHOUT_DEGREE.search(before):
        role = "instead"
    elif nearest[0] <= start and _BESIDE_DEGREE.search(before):
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
    if _NOT_AFTER.match(text.lower, after_at) or _EDUCATION_AFTER.match(text.lower, after_at):
        return True
    if _ADJECTIVE_OF.search(text.lower, unit_at, min(item[1], after_at + 40)) and _is_singular(text.lower, after_at):
        return True
    if quantity.low in _AGES and _AGE_BEFORE.search(before):
        return True
    if _NOT_BEFORE.search(before[-60:]) and not _is_more_than(before, text.lower[after_at : item[1]]):
        return True
    around = before[-50:] + " | " + text.lower[after_at : min(item[1], after_at + 50)]
    return bool(_OTHER_TIMES.search(around)) and not re.search(_EXPERIENCE, around)


def _is_singular(lower: str, end: int) -> bool:
    return lower[:end].endswith(("year", "month", "yr"))


def _is_more_than(before: str, after: str) -> bool:
    """ "Over 5 years of experience" asks; "for over 20 years we have" tells."""
    if not _OVER.search(before) or re.search(r"\bfor (?:well )?over\s$", before):
        return False
    return re.match(rf"[^.;]{{0,90}}{_EXPERIENCE}", after) is not None


def _is_experience(quantity: Quantity, section: Section, parts: tuple[str, str, str]) -> bool:
    whole, before, after = parts
    named = re.search(_EXPERIENCE, before[-60:] + after[:120]) is not None
    if (
        _COMPANY.search(before)
        and not _PERSON.search(before)
        and section == "neutral"
        and not _PERSON.search(after[:60])
    ):
        return False
    if re.match(r"\s?'?s? (?:of )?(?:combined|collective)\b", after) or quantity.low > 25:
        return named and section == "required"
    if re.search(r"[年년月월]", whole[len(before) : len(before) + 14]):
        return named
    likely = _WORKS.match(after) is not None or _ASKED.search(before) is not None
    if quantity.vague:
        return re.search(_EXPERIENCE, before[-25:] + after[:60]) is not None or (likely and section == "required")
    likely = likely or _HAS_DONE.search(before) is not None
    if named or _LABELLED.search(before) or (_LISTED.search(before) and not after.strip(" .,;)")):
        return True
    if section != "neutral":
        return likely or bool(_EXPERIENCE_LABEL.search(before)) or len(before) < 40
    return likely and (len(before) < 6 or "+" in whole or _PERSON.search(whole) is not None or "degree" in whole)


def _is_wish(before: str, after: str, section: Section) -> bool:
    must = _MUST_AFTER.match(after)
    wish = _WISH_AFTER.match(after) or _WISH_TAIL.match(after)
    if must and not (wish and wish.end() < must.end()):
        return False
    if wish and not _is_of_something_else(after[: wish.end()]):
        return True
    governed = _WISH_BEFORE.search(before)
    if governed and _governs(governed["between"]):
        return True
    return section == "preferred"


def _governs(between: str) -> bool:
    """ "Ideally, you have 5 years" is governed; in "Master's preferred, 5 years" the wish is the degree's."""
    return not re.search(r"[,)]", re.sub(r"^\s*,\s*(?=you|with|someone|an? |at |we |candidates?|the |this )", "", between))


def _is_of_something_else(words: str) -> bool:
    """ "5 years of sales; a degree is preferred": the wish has a subject of its own."""
    return (
        re.search(r"[;.]|\b(?:degree|master'?s|mba|phd|certificat\w*|bachelor'?s?|licen[sc]e)\b[^,]{0,30}$", words)
        is not None
    )
