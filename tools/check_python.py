"""Say in one line what is wrong with this Python, before anything is installed."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - run by the Python that is too old
    sys.exit(
        f"jobalerts needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}. Try: make PYTHON=python3.12 run"
    )
