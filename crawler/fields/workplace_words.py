"""How a description says where its position is worked, and how it says that it is not."""

import re

OF_REMOTE = ("remot", "home", "anywhere", "#li-")
OF_ONSITE = ("office", "onsite", "on-site", "on site", "on- site", "in-person", "in person", "#li-")
OF_HYBRID = ("hybrid", "hibrid", "híbrid", "#li-")
OF_DAYS = ("day", "tag", "jour", "dias", "días")
SPEAKS_OF_IT = tuple(dict.fromkeys((
    *OF_REMOTE, *OF_ONSITE, *OF_HYBRID,
    "létravail", "letravail", "eletrab", "büro", "bureau", "oficina", "escritório", "mobil",
)))  # fmt: skip
"""A line without one of these, in lower case, says nothing; a plain search is far cheaper than the patterns below, each
of which needs one of its own words, or for hybrid work of so many days here or there."""
NOT_REMOTE = re.compile(
    r"\b(?:not|no|non|isn't|cannot|can't|never|without)\b[^.\n]{0,40}\b(?:remote|hybrid)|\bremote\b[^.\n]{0,25}\bnot\b",
    re.I,
)
ROLE = (
    r"(?:role|position|job|opportunity|opening|team member|schedule|"
    r"work(?:ing)?(?: model| arrangement| environment| policy| setup)?)"
)
HYBRID_SAID = re.compile(
    rf"\bhybrid\b[ \-]{{1,2}}(?:\w+[ \-]){{0,2}}{ROLE}\b|\b{ROLE}\b[^.\n]{{0,30}}\bhybrid\b|"
    r"\bhybrid\s*[:(]|^[^\w\n]{0,9}hybrid[^\w\n]{0,9}$|"
    r"\b(?:one|two|three|four|[1-4](?:\s?[-–]\s?[1-4])?)\+?\s+days?\s+(?:(?:a|per|each|/)\s?week\s+)?"
    r"(?:in|at|from)\s+(?:the|our|your)?\s*(?:\w+ ){0,2}office|"
    r"\b(?:in|at|from) (?:the|our) (?:\w+ ){0,2}office\b[^.\n]{0,40}\b(?:one|two|three|four|[1-4]) days?\b|"
    r"\bin[- ]office\b[^.\n]{0,20}\b(?:one|two|three|four|[1-4](?:\s?[-–]\s?[1-4])?) ?days|"
    r"\bin[- ]office (?:on )?(?:mon|tues|wednes|thurs)days?\b|#li-hybrid|"
    r"\b(?:remotely|from home|mobil|home-?office|t[ée]l[ée]travail|teletrabajo)\b[^.\n]{0,40}"
    r"\b(?:one|two|three|four|[1-4]) (?:days?|tage?|jours?|d[ií]as)\b|"
    r"\b(?:modalidad|formato|modelo|trabalho|trabajo|arbeitsmodell|mode)\b[^.\n]{0,20}\bh[iíy]brid[oae]?\b|"
    r"\b(?:[1-4]|zwei|drei|deux|trois|dos|tres|dois) (?:tage|jours|d[ií]as)\b[^.\n]{0,30}"
    r"\b(?:büro|bureau|oficina|escritório|télétravail|home-?office|remote)",
    re.I | re.M,
)
REMOTE_SAID = re.compile(
    rf"\b(?:fully|100\s?%|completely|entirely)[ -]remote\b|\bremote (?:role|position|job|opportunity|opening)\b|"
    rf"\b{ROLE} (?:is|can be|will be|may be)(?: (?:a|fully|100%|performed|done|based|located|completely))*"
    r"[ -]remote(?:ly)?\b|"
    r"\bwork (?:remotely|from home|from anywhere)\b"
    r"(?! (?:up to|\w+ days?|occasionally|on occasion|policy|when|one|two))|"
    r"^[^\w\n]{0,9}(?:location|workplace|work type)?[^\w\n]{0,9}(?:fully |100% )?remote[^\w\n]{0,9}$|"
    r"\blocation\s*:\s*remote\b|#li-remote|\bfull remote\b|\b100\s?% remot[oa]\b|"
    r"\bremote[- ]eligible\b|\bopen to remote (?:candidates|applicants)\b|\bhome-based (?:role|position)\b",
    re.I | re.M,
)
ONSITE_SAID = re.compile(
    rf"\b(?:on-?\s?site|in[- ]office|in[- ]person) (?:role|position|job|opportunity)\b|\b{ROLE} (?:is|will be)"
    r"(?: (?:a|an|fully|100%|based|performed|required to be))*[ -](?:on-?\s?site|in[- ]office|in[- ]person)\b|"
    r"\b(?:five|5) days (?:(?:a|per) week,? )?(?:in|at|from) (?:the|our) (?:\w+ ){0,2}office\b|#li-on-?site|"
    r"\b(?:from|in|at) (?:the|our) (?:\w+ ){0,2}office,? (?:monday through friday|(?:five|5) days)\b|"
    r"^[^\w\n]{0,9}(?:location|workplace|work)(?: type)?[^\w\n]{1,9}on-?site\b|"
    r"\bwork(?:ing)? on-?site at our\b|\brole is office-based\b|\boffice-based (?:role|position)\b",
    re.I | re.M,
)
