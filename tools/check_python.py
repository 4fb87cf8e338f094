"""Say in one line what is wrong with this Python, before anything is installed."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - run by the Python that is too old
    found = ".".join(map(str, sys.version_info[:3]))
    sys.exit(f"jobalerts needs Python 3.11 or newer; {sys.executable} is {found}. Try: make PYTHON=python3.12 run")
