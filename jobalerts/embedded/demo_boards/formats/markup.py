"""The pieces of a posting as the plain HTML that hiring managers paste into such systems."""

from collections.abc import Sequence
from html import escape

from jobalerts.embedded.demo_boards.postings import DemoPosting, Pay

HEADINGS = ("What you will do", "What we ask for", "Nice to have", "What you get")


def paragraph(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>"


def items(lines: Sequence[str]) -> str:
    return "".join(f"<li>{escape(line, quote=False)}</li>" for line in lines)


def sections(posting: DemoPosting) -> list[tuple[str, tuple[str, ...]]]:
    """Heading and lines of each list, in the order in which they are shown."""
    lists = (posting.duties, posting.requirements, posting.nice, posting.benefits)
    return list(zip(HEADINGS, lists, strict=True))


def body(posting: DemoPosting) -> str:
    """Opening, lists and notes; without what the company says of itself."""
    lists = "".join(f"<h3>{heading}</h3><ul>{items(lines)}</ul>" for heading, lines in sections(posting))
    return paragraph(posting.intro) + lists + "".join(paragraph(note) for note in posting.notes)


def plain(lines: Sequence[str]) -> str:
    return "\n".join(lines)


def pay_line(pay: Pay) -> str:
    """One sentence a person reads."""
    amount = f"{pay.currency} {pay.low:,} to {pay.high:,}"
    return f"The pay for this role is {amount} per {pay.period}."
