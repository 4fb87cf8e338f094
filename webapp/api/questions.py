"""Asking a store that may hang: in a thread of its own, and waited for no longer than two seconds."""

import threading
import time
from collections.abc import Callable, Mapping

import structlog

from jobalerts.errors import JobalertsError

log = structlog.get_logger()
ANSWER_WITHIN_S = 2.0


class Question(threading.Thread):
    """One question to one store; `answers` is empty until it answers, and stays so when the store is away."""

    def __init__(self, store: str, ask: Callable[[], object]) -> None:
        super().__init__(name=f"ask {store}", daemon=True)
        self.store = store
        self.answers: list[object] = []
        self._ask = ask

    def run(self) -> None:
        try:
            self.answers.append(self._ask())
        except JobalertsError as error:
            log.warning("api.no_answer", store=self.store, error=str(error))


class Questions:
    """While a store hangs it is not asked again, so that hanging threads do not pile up."""

    def __init__(self) -> None:
        self._asked: dict[str, Question] = {}
        self._lock = threading.Lock()

    def ask(self, asks: Mapping[str, Callable[[], object]]) -> dict[str, object]:
        """Ask all at once; only those that answer within two seconds are in what is returned."""
        deadline = time.monotonic() + ANSWER_WITHIN_S
        questions = [self._under_way(store, ask) for store, ask in asks.items()]
        for question in questions:
            question.join(max(0.0, deadline - time.monotonic()))
        return {question.store: question.answers[0] for question in questions if question.answers}

    def _under_way(self, store: str, ask: Callable[[], object]) -> Question:
        with self._lock:
            found = self._asked.get(store)
            if found is None or not found.is_alive():
                found = self._asked[store] = Question(store, ask)
                found.start()
            return found
