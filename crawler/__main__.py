"""`python -m crawler lever matchgroup …` is `jobalerts crawl lever matchgroup …`; a command may also be named."""

import sys

from crawler.commands import commands
from jobalerts.cli import main

if __name__ == "__main__":
    is_named = len(sys.argv) > 1 and sys.argv[1] in {command.name for command in commands}
    main(sys.argv[1:] if is_named else ["crawl", *sys.argv[1:]])
