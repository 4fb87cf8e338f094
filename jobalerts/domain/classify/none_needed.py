"""Words that say no experience is needed, in the languages postings come in."""

import re

_HINTS = (
    "experien",
    "expérien",
    "experiên",
    "erfahrung",
    "ervaring",
    "kenntnisse",
    "débutant",
    "berufseinsteiger",
    "berufsanfänger",
    "esperienza",
    "経験",
    "경력",
    "经验",
)
_REACH = 120
_ENGLISH = (
    r"\b(?:no|without|zero) (?:(?:prior|previous|professional|formal|work|working|job|relevant|related"
    r"|specific|minimum|full-time|commercial|years? of)[\s,/]*(?:or |and )?)*"
    r"experience(?: (?:is|at all|whatsoever|or (?:degree|training|qualifications?|skills)))* (?:required"
    r"|necessary|needed|requirement|expected|welcome)"
    r"|\bno experience\? no problem|(?:(?<![a-z] )|(?<=but )|(?<=though )|(?<=and )|(?<=while )|(?<=so ))"
    r"\b(?:prior |previous |work |professional )*experience (?:is )?not (?:required|necessary|needed)\b"
    r"|\bno experience (?:needed|necessary)\b"
)
_GERMAN = (
    r"\bkeine (?:vorkenntnisse|berufserfahrung|erfahrung|vorerfahrung)(?: \w+)? (?:erforderlich|nötig|notwendig)"
    r"|\b(?:brauch\w*|benötig\w*) (?:sie |du )?(?:dafür |hierfür )?keine (?:berufs|vor)?(?:erfahrung|kenntnisse)\b"
    r"|\bauch ohne (?:berufs|vor)?erfahrung"
    r"|(?:\b(?:berufs|vor)|(?<![\w-] )(?<![\w-]))erfahrung(?:en)? (?:ist|sind|wird|werden) "
    r"(?:dafür |hierfür |jedoch |aber )?nicht (?:zwingend |unbedingt )?"
    r"(?:erforderlich|nötig|notwendig|vorausgesetzt|voraussetzung)"
    r"|\bberufs(?:einsteiger|anfänger)(?:[*:]?innen)? (?:sind |bei uns |sehr |gerne |herzlich |ebenfalls )*willkommen"
)
_FRENCH = (
    r"\b(?:débutants?|débutant\(e\)s?|débutants?[·.]es?) (?:sont )?(?:accepté|bienvenu|admis)"
    r"|\b(?:ouvert|accessible)(?:e|s|es)? aux débutant|\bsans expérience"
    r"|\b(?:aucune|pas d'|pas d') ?expérience (?:(?:préalable|particulière|professionnelle|spécifique) )*"
    r"(?:n'est )?(?:requise|nécessaire|exigée|demandée)"
    r"|\bexpérience (?:non|pas|(?:n'est|n'est) pas) (?:requise|exigée|nécessaire|obligatoire|indispensable|demandée)"
)
_SPANISH = (
    r"\bno (?:se )?(?:requiere|requerimos|exige|exigimos|necesita|necesaria|precisa|pide|pedimos|es necesari[ao]"
    r"|es imprescindible|hace falta)(?: \w+)? experiencia"
    r"|\b(?:no es necesaria|sin) (?:la )?experiencia (?:previa|necesaria|laboral)|\bcon o sin experiencia"
    r"|\bexperiencia (?:previa |laboral )?no (?:es )?(?:requerida|necesaria|imprescindible|indispensable|obligatoria"
    r"|excluyente|exigida)"
)
_PORTUGUESE = (
    r"\bnão (?:é |se |há )?(?:necessári[ao]|exige|exigimos|requer|precisa|necessita|exigid[ao]|obrigatóri[ao])"
    r"(?: de| ter| possuir| comprovar)* experiência"
    r"|\b(?:com ou )?sem (?:(?:necessidade|exigência) de )?experiência|\bdispensa(?:-se|mos)? experiência"
    r"|\bexperiência (?:prévia |anterior |profissional )?não (?:é |será )?(?:necessária|exigida|requerida|obrigatória"
    r"|indispensável)"
)
_OTHERS = (
    r"\bervaring is niet (?:nodig|vereist)|\bgeen (?:werk)?ervaring (?:nodig|vereist)"
    r"|\b(?:nessuna|senza) esperienza|\besperienza non (?:richiesta|necessaria)"
    r"|未経験(?:者)?(?:可|歓迎|ok)|경력 ?무관|经验不限"
)
_NONE_NEEDED = re.compile("|".join((_ENGLISH, _GERMAN, _FRENCH, _SPANISH, _PORTUGUESE, _OTHERS)))


def none_needed(lower: str) -> re.Match[str] | None:
    """The pattern is tried only around the words for experience: a plain search for these is far cheaper."""
    for hint in _HINTS:
        place = lower.find(hint)
        while place >= 0:
            found = _NONE_NEEDED.search(lower, max(0, place - _REACH), place + _REACH)
            if found:
                return found
            place = lower.find(hint, place + _REACH // 2)
    return None
