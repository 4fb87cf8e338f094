"""A title as the rules read it: lower case, one spelling, without req ids, gender notes and places of work."""

import re
import unicodedata
from functools import lru_cache

_GENDER = re.compile(
    r"[(\[]\s?(?:all genders?|alle geschlechter|gn|[mfwdxhivn](?:\s?[/|,.*-]\s?(?:div\.?|[mfwdxhivn])){1,4}"
    r"|h/f|f/h|hf|mwd)\s?[)\]]|\b[mfwh]\s?/\s?[mfwdh](?:\s?/\s?[dxin])?\b"
    r"|[*:_/]-?in(?:nen)?\b|\(in\)|\(-?e?r?/in\)|·[a-zè]{1,5}\b|/-?(?:trice|euse|ère|a|o|ne|se)\b"
    r"|\s?\((?:e|a|o|a/o|o/a|ne|se|euse|trice|ère)\)"
)
_IDS = re.compile(
    r"[(\[]?\b(?:req(?:uisition)?|job|ref|id|r|jr|jo)[\s#:_-]*\d{3,}\b[)\]]?|#\s?\d+|[(\[]\d{4,}[)\]]|\b\d{5,}\b"
)
_BEFORE = re.compile(
    r"^(?:\[[^\]]{1,12}\]|(?:[a-z]{2,4}_)+|20\d\d (?=[a-z])|[a-z]{2,4}\d+/\d+ - )\s*(?:0?\d{1,2} (?=[a-z]))?"
)
"""Tags, codes and numbers of openings ahead of the title: "[EMC] 05 ", "IN_RBAI_"."""
_UNACCENTED = {
    code: base
    for code in range(0xC0, 0x250)
    if (base := unicodedata.normalize("NFKD", chr(code))[0]).isascii() and base.isalpha()
}
_SPACES = re.compile(r"\s+")
_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (
            r"\b(?P<who>analyst|associate|internships?|intern|graduate|undergraduate|rotational|campus|early career)"
            r" program(?:me)?s?\b(?! (?:manage|lead|coordinat|director|specialist|officer|analyst|associate|admin))",
            r"\g<who>",
        ),
        (r"\bsr\.?(?=\s|$|,)|\bsnr\.?(?=\s)", "senior"),
        (r"\bjr\.?(?=\s|$|,)|\bjnr\.?(?=\s)", "junior"),
        (r"\bmgr\.?(?![a-z])|\bmngr\b", "manager"),
        (r"\bmgmt\b", "management"),
        (r"\bdir\.?(?=\s)", "director"),
        (r"\beng(?:r|nr)?\b\.?", "engineer"),
        (r"\bdev\b", "developer"),
        (r"\bassoc\b\.?", "associate"),
        (r"\basst\b\.?", "assistant"),
        (r"\badmin\b\.?", "administrator"),
        (r"\brep\b\.?", "representative"),
        (r"\bops\b", "operations"),
        (r"\bswe\b|\bsde\b", "software engineer"),
        (r"\bfront[\s-]end\b", "frontend"),
        (r"\bback[\s-]end\b", "backend"),
        (r"\bfull[\s-]?stack\b", "fullstack"),
        (r"\bdev[\s-]?ops\b", "devops"),
        (r"\bvice[\s-]president\b|\bv\.p\.", "vp"),
        (r"\bsoft[\s-]ware\b", "software"),
        (r"\bcyber[\s-]security\b", "cybersecurity"),
        (r"\bai\s?/\s?ml\b|\bml\s?/\s?ai\b|\bai & ml\b", "ai ml"),
        (r"\bcx\b", "customer experience"),
        (r"\bhr\b|\bhuman[\s-]resources?\b", "hr"),
        (r"\bcust(?:omer)? serv(?:ice)?s?\b", "customer service"),
    )
)


@lru_cache(maxsize=256)  # asked for by the job type and the seniority of one posting
def clean_title(title: str) -> str:
    """Return the title for matching; never raises, may be empty."""
    lower = unicodedata.normalize("NFKC", title).replace("’", "'").lower()
    lower = re.sub("[‐‑‒–—―−]", "-", lower)
    lower = _IDS.sub(" ", _GENDER.sub(" ", _BEFORE.sub("", lower))).replace("_", " - ")
    for pattern, spelling in _SPELLINGS:
        lower = pattern.sub(spelling, lower)
    return unaccented(_SPACES.sub(" ", lower).strip(" -,|:"))


def unaccented(text: str) -> str:
    """Latin letters without their marks, for titles in capitals and patterns alike; "ß" and other scripts stay."""
    return text.translate(_UNACCENTED)
