"""`python -m crawler lever matchgroup …` is `jobalerts crawl lever matchgroup …`; a command may also be named."""

import sys

from jobalerts.cli import main

NAMED = {"crawl", "classify"}

if __name__ == "__main__":
    is_named = len(sys.argv) > 1 and sys.argv[1] in NAMED
    main(sys.argv[1:] if is_named else ["crawl", *sys.argv[1:]])
