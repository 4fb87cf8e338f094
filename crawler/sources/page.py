"""Any careers page of plain HTML, read by the CSS selectors in a YAML file; see docs/sources.md."""

from functools import partial

from crawler.selected import NAMED_BY, draft, read, start
from crawler.shape import Source

SOURCE = Source(
    start=partial(start, is_rendered=False),
    read=read,
    draft=draft,
    says=("salary", "remote", "dates"),
    named_by=NAMED_BY,
)
