"""Pages that ask whether the visitor is human."""

import re

SURE = re.compile(
    r"captcha|just a moment\.\.\.|cf-chl|cf_chl|challenge-platform|attention required!|"
    r"verify (?:that )?you are (?:a )?human|"
    r"are you (?:a )?(?:robot|human)|robot check|not a robot|unusual traffic|px-captcha|datadome|incapsula|_imperva|"
    r"access denied|request blocked|pardon our interruption|ddos[- ]guard|bot detection|automated (?:access|requests)|"
    r"enable javascript and cookies",
    re.I,
)
TITLE = re.compile(r"<title[^>]*>([^<]{0,200})</title>", re.I)
WHOLE_PAGE_CHARS = 60_000


def is_challenge(text: str, *, where_json_is_due: bool) -> bool:
    """Whether `text` is a challenge page; where HTML is due only a telling title or a small page is believed."""
    head = text[:WHOLE_PAGE_CHARS]
    if where_json_is_due:
        return "<" in head[:1000] and SURE.search(head) is not None
    title = TITLE.search(head)
    if title and SURE.search(title[1]):
        return True
    visible = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", head, flags=re.S | re.I)
    return len(visible.split()) < 120 and SURE.search(visible) is not None
