"""The frame of a posting: what it says about the employer, benefits, pay and equal opportunity, not about the position.

Frames are shared by all postings of an employer and differ from country to country, so they tell nothing about two
postings being one position: comparing without them finds more copies and keeps teams apart.
"""

import re

LONGEST_HEADING = 60  # letters
ENOUGH = 240  # letters; with less than that left, the whole text is compared

_FRAME = re.compile(
    r"\b(?:about (?!the (?:role|job|position|team|opportunity)|you|your|this)|who we are|why (?:join|us|work|you.ll)|"
    r"benefits|perks|we offer|our offer|you.ll get|what.s in it|compensation|pay (?:range|transparency)|salary|equal|"
    r"diversity|inclusion|eeo|our (?:culture|values|mission|story)|life at|über uns|wir bieten|das bieten wir|"
    r"deine vorteile|nous offrons|avantages|à propos de|qui sommes|how we hire|privacy|accommodations?)\b"
)
_POSITION = re.compile(
    r"\b(?:role|job|position|opportunity|responsib\w+|you will|you.ll (?:do|be|own|work|bring|need)|what you|who you|"
    r"about you|the team|requirements?|required|qualifications?|qualified|skills|experience|looking for|we.re after|"
    r"your (?:tasks|profile|mission|impact|day)|day to day|duties|nice to have|bonus points|preferred|must have|deine "
    r"aufgaben|dein profil|aufgaben|profil|vos missions|votre profil|missions)\b"
)
_FRAME_LINE = re.compile(
    r"equal[ -]opportunity|regardless of (?:race|age)|without regard to|veteran status|sexual orientation|"
    r"gender identity|reasonable accommodation|401\(?k|parental leave|dental|health insurance|pension plan|"
    r"pension contribution|(?:base|annual|salary|pay|compensation) (?:salary )?range|pay transparency|expected pay|"
    r"e-verify|paid time off|altersvorsorge|deutschlandticket|jobrad|commuter|background check|visa sponsorship"
)


def without_frame(text: str) -> str:
    """The lines of a text, in small letters, that are about the position; all of it when they would be too few."""
    kept: list[str] = []
    in_frame = False
    for line in text.split("\n"):
        in_frame = _begins_frame(line) if _is_turn(line) else in_frame
        if not in_frame and not _FRAME_LINE.search(line):
            kept.append(line)
    rest = "\n".join(kept)
    return rest if len(rest) >= min(ENOUGH, len(text) / 2) else text


def _is_turn(line: str) -> bool:
    """A heading that says what the lines after it are about."""
    return len(line) <= LONGEST_HEADING and bool(_FRAME.search(line) or _POSITION.search(line)) and line[-1:] != "."


def _begins_frame(line: str) -> bool:
    return bool(_FRAME.search(line)) and not line.startswith(("about the role", "about the job"))
