"""As `page`, for pages that a script renders: read in headless Chromium, which may load from that host alone."""

from functools import partial

from crawler.selected import NAMED_BY, draft, read, start
from crawler.shape import Source

SOURCE = Source(
    start=partial(start, is_rendered=True),
    read=read,
    draft=draft,
    says=("salary", "remote", "dates"),
    named_by=NAMED_BY,
)
