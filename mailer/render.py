"""Templates to letters: three files a mail, an unknown name is an error, and crawled text cannot break out."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from jobalerts.errors import PermanentError

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "email"
TEXT_WIDTH = 72
FOOTER = "-- "
"""The line mail programs know a footer by, its last space included (RFC 3676, 4.3)."""
_CONTROLS = {code: " " for code in (*range(32), *range(127, 160), 0x2028, 0x2029) if code != 10}
_BIDI = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail's three parts."""

    subject: str
    text: str
    html: str


def render(kind: str, values: Mapping[str, Any]) -> Letter:
    """Fill in the templates of a kind of mail; a template that cannot be filled in is a PermanentError."""
    try:
        subject = _PLAIN.get_template(f"{kind}/subject.txt").render(values)
        text = _PLAIN.get_template(f"{kind}/body.txt").render(values)
        html = _HTML.get_template(f"{kind}/body.html").render(values)
    except TemplateError as error:
        raise PermanentError(f"the template of {kind} mails cannot be filled in: {error}") from error
    return Letter(subject=" ".join(clean(subject).split()), text=_tidy(text), html=html.strip() + "\n")


def clean(value: Any) -> Any:  # noqa: ANN401 - Jinja2 hands over whatever a template prints
    """Take control characters and text-direction overrides out of what a template prints."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return value.translate(_CONTROLS | _BIDI)
    return value


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """Lines of at most 72 characters for the text part, the first one begun with `first`; links are never cut."""
    return textwrap.fill(
        " ".join(text.split()), TEXT_WIDTH, subsequent_indent=indent,
        initial_indent=indent if first is None else first, break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.strip().splitlines()]
    lines = [FOOTER if line == FOOTER.rstrip() else line for line in lines]
    kept = [line for line, before in zip(lines, ["x", *lines], strict=False) if line or before]
    return "\n".join(kept) + "\n"


def _environment(*, autoescape: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=autoescape,  # noqa: S701 - off for subjects and text parts, which are not HTML
        undefined=StrictUndefined,
        finalize=clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["wrapped"] = wrapped
    return environment


_PLAIN = _environment(autoescape=False)
_HTML = _environment(autoescape=True)
