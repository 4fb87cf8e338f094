"""How degrees are named, from none to a doctor's."""

import re

_NAMES: tuple[tuple[str, str], ...] = (
    (
        "none",
        r"no (?:formal )?degree|without (?:a |an |any )?(?:\w+ )?(?:degree|diploma)|non[\s-]degree"
        r"|in lieu of (?:a )?degree",
    ),
    (
        "school",
        r"high[\s-]school|ged\b|secondary school|abitur|\b(?:berufs)?ausbildung|\blehre\b|\bbac ?\+ ?[23]\b"
        r"|\bfp (?=con |de |superior|dual|grado)"
        r"|formación profesional",
    ),
    (
        "associate",
        r"associate'?s?'? (?:degree|of|in)|associate'?s\b|a\.?a\.?s?\.? degree"
        r"|\baa/as\b|\ba\.s\.|\baas?(?= ?\+)",
    ),
    (
        "bachelor",
        r"bachelor\w*|undergraduate|\bb\.?s\.?c?\b\.?|\bb\.?a\b\.?|\bb\.?tech\b|\bb\.?e\.?(?= |/)|\bbsc\b"
        r"|4[\s-]year degree|licence\b|college degree|baccalaureate|\w*studium\b|\bgrado\b|graduação|licenciatura",
    ),
    (
        "master",
        r"master(?:'?s)?(?!\w)|graduate degree|\bm\.?s\.?c?\b\.?(?! (?:office|excel|sql|word|project|access))"
        r"|\bm\.?tech\b|\bmba\b|advanced degree|post[\s-]?graduate|\bbac ?\+ ?[45]\b",
    ),
    ("certificate", r"certification (?:\+|plus|with)\s?$"),
    ("doctor", r"ph\.?\s?d\.?|doctora\w+|doctor of|d\.?phil|\bjd\b|\bmd\b|promotion\b"),
)  # fmt: skip
DEGREE = re.compile("|".join(rf"(?P<{name}>{pattern})" for name, pattern in _NAMES) + r"|(?P<some>\bdegree|\bdiploma)")
