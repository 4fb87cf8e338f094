"""Tells a mail server that refuses everything from one that refuses a recipient."""

import threading
from dataclasses import dataclass

from jobalerts.sql.mails import Mail

IN_A_ROW = 3
"""So many different recipients refused, and none taken in between: it is not the recipients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Refusals in a row; `earlier` are mails of it that have been given up and should not have been."""

    is_the_server: bool
    earlier: tuple[str, ...] = ()


class Refusals:
    """What the senders of this process were told since the last mail that was taken."""

    def __init__(self) -> None:
        self._refused: dict[str, str] = {}  # recipient: the mail
        self._lock = threading.Lock()
        self._was_told = True  # by an earlier process, for all we know

    def refused(self, mail: Mail) -> Row:
        """A server has said no to this mail for good."""
        with self._lock:
            self._refused[mail.recipient] = mail.id
            if len(self._refused) < IN_A_ROW:
                return Row(is_the_server=False)
            self._was_told = True
            return Row(is_the_server=True, earlier=tuple(one for one in self._refused.values() if one != mail.id))

    def held(self) -> None:
        """The server has said no to us."""
        with self._lock:
            self._was_told = True

    def taken(self) -> bool:
        """A mail was taken; True when the operator may have been told of refusals before."""
        with self._lock:
            self._refused.clear()
            told, self._was_told = self._was_told, False
            return told
