"""Claiming, renewing, expiring, finishing, killing and requeueing in any order, on both databases.

Whatever happens: one running task a lock key, epochs that only rise, no word of a stale try taken, no task lost.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings, strategies
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Connection, Engine, select, update

from jobalerts.domain.retry import RetryRule
from jobalerts.domain.task_states import ENDED, Conflict
from jobalerts.sql import endings, leases, tasks
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import clock, read, write
from jobalerts.sql.leases import Holding, Room
from jobalerts.sql.tables import attempts, fences, outbox
from jobalerts.sql.tables import tasks as rows
from jobalerts.sql.tasks import Task

RULE = RetryRule(offsets=(timedelta(0),) * 3)
KEYS = ("lever/a", "lever/b", "lever/c")
LANES = ("oneoff", "retry")
OUTCOMES = ("success", "not_found", "blocked", "timeout", "lost", "crashed")
EXAMPLES, STEPS = 25, 30
boards = strategies.sampled_from(KEYS)
picks = strategies.integers(0, 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A claim, as the worker that made it remembers it."""

    holding: Holding
    board: str


class Leases(RuleBasedStateMachine):
    """Workers that remember every claim they ever made, and try to use all of them."""

    engine: ClassVar[Engine]

    @initialize()
    def empty(self) -> None:
        with write(self.engine) as connection:
            for table in (attempts, rows, fences, outbox):
                connection.execute(table.delete())
        self.asked: set[str] = set()
        self.claims: list[Seen] = []
        self.last_epoch: dict[str, int] = {}

    @rule(board=boards, priority=strategies.integers(0, 9))
    def ask(self, board: str, priority: int) -> None:
        with write(self.engine) as connection:
            now = clock(connection)
            task = tasks.request(connection, kind="crawl", board=board, args={}, priority=priority, now=now)
        self.asked.add(task.task_id)

    @rule(lane=strategies.sampled_from(LANES), is_idle=strategies.booleans())
    def claim(self, lane: str, is_idle: bool) -> None:
        with write(self.engine) as connection:
            could = self._claimable(connection, lane, is_idle=is_idle)
            task = leases.claim(connection, lane=lane, worker="w", room=Room(is_idle=is_idle))
        assert (task is not None) == could
        if task is None:
            return
        assert task.epoch > self.last_epoch.get(task.lock_key, 0), "an epoch was given twice"
        self.last_epoch[task.lock_key] = task.epoch
        self.claims.append(Seen(holding=Holding(task_id=task.task_id, epoch=task.epoch), board=str(task.board)))

    @precondition(lambda self: self.claims)
    @rule(pick=picks)
    def renew(self, pick: int) -> None:
        seen = self._seen(pick)
        with write(self.engine) as connection:
            is_held = self._is_held(connection, seen)
            assert (seen.holding.task_id in leases.renew(connection, [seen.holding])) == is_held
            assert (seen.holding.task_id in leases.still_held(connection, [seen.holding])) == is_held

    @precondition(lambda self: self.claims)
    @rule(pick=picks, outcome=strategies.sampled_from(OUTCOMES))
    def finish(self, pick: int, outcome: str) -> None:
        seen = self._seen(pick)
        with write(self.engine) as connection:
            self._only_if_held(
                connection, seen, lambda: endings.finish(connection, seen.holding, Ending(outcome=outcome), RULE)
            )

    @precondition(lambda self: self.claims)
    @rule(pick=picks)
    def hand_back(self, pick: int) -> None:
        seen = self._seen(pick)
        with write(self.engine) as connection:
            reason = Ending(outcome="stopped")
            self._only_if_held(
                connection, seen, lambda: endings.hand_back(connection, seen.holding, reason, after=timedelta(0))
            )

    @precondition(lambda self: self.claims)
    @rule(pick=picks)
    def report(self, pick: int) -> None:
        seen = self._seen(pick)
        with write(self.engine) as connection:
            if self._is_held(connection, seen):
                tasks.report(connection, seen.holding.task_id, epoch=seen.holding.epoch, done=1, total=2)
            else:
                with pytest.raises(Conflict):
                    tasks.report(connection, seen.holding.task_id, epoch=seen.holding.epoch, done=1, total=2)

    @precondition(lambda self: self.claims)
    @rule(pick=picks)
    def let_run_out(self, pick: int) -> None:
        """The worker falls silent, and the sweeper takes its task."""
        seen = self._seen(pick)
        with write(self.engine) as connection:
            is_held = self._is_held(connection, seen)
            past = clock(connection) - timedelta(seconds=1)
            own = (rows.c.task_id == seen.holding.task_id) & (rows.c.epoch == seen.holding.epoch)
            connection.execute(update(rows).where(own, rows.c.status == "running").values(lease_until=past))
            taken = [task.task_id for task in endings.expire(connection, RULE)]
        assert taken == ([seen.holding.task_id] if is_held else [])

    @precondition(lambda self: self.asked)
    @rule(pick=picks, deed=strategies.sampled_from((tasks.kill, tasks.requeue, tasks.run_now)))
    def change(self, pick: int, deed: Any) -> None:
        task_id = sorted(self.asked)[pick % len(self.asked)]
        with write(self.engine) as connection:
            before = tasks.one(connection, task_id)
            try:
                after = deed(connection, task_id, clock(connection))
            except Conflict:
                assert tasks.one(connection, task_id) == before, "a refused change changed something"
            else:
                assert after.version > before.version

    @invariant()
    def holds(self) -> None:
        with read(self.engine) as connection:
            found = [tasks.task_of(row) for row in connection.execute(select(rows))]
            given = {row.lock_key: row.epoch for row in connection.execute(select(fences))}
            tries = connection.execute(select(attempts)).all()
        assert {task.task_id for task in found} == self.asked, "a task was lost"
        running = [task.lock_key for task in found if task.status == "running"]
        assert len(running) == len(set(running)), "two tasks of one lock key run"
        assert given == self.last_epoch, "a fence moved by itself"
        assert len(tries) == len(self.claims), "every claim is one attempt"
        for task in found:
            self._is_sound(task)

    def _is_sound(self, task: Task) -> None:
        assert task.attempt <= task.max_attempts
        assert (task.lease_until is not None) >= (task.status == "running")
        assert task.epoch <= self.last_epoch.get(task.lock_key, 0)
        assert (task.status in ENDED) == (task.end_time is not None)

    def _claimable(self, connection: Connection, lane: str, *, is_idle: bool) -> bool:
        """Somebody waits in the lane whose lock key is free, found without the claim's own query."""
        found = [tasks.task_of(row) for row in connection.execute(select(rows))]
        busy = {task.lock_key for task in found if task.status == "running"}
        now = clock(connection)
        return any(
            task.lane == lane and task.status in ("created", "retrying") and task.lock_key not in busy
            and (task.next_try_at is None or task.next_try_at <= now) and (is_idle or task.lost_workers < 2)
            for task in found
        )  # fmt: skip

    def _seen(self, pick: int) -> Seen:
        return self.claims[pick % len(self.claims)]

    def _is_held(self, connection: Connection, seen: Seen) -> bool:
        task = tasks.one(connection, seen.holding.task_id)
        return task.status == "running" and task.epoch == seen.holding.epoch

    def _only_if_held(self, connection: Connection, seen: Seen, deed: Any) -> None:
        is_held = self._is_held(connection, seen)
        before = tasks.one(connection, seen.holding.task_id)
        words = len(connection.execute(select(outbox.c.id)).all())
        ended = deed()
        assert (ended is not None) == is_held
        if not is_held:
            assert tasks.one(connection, seen.holding.task_id) == before, "a stale try wrote"
            assert len(connection.execute(select(outbox.c.id)).all()) == words, "a stale try sent a message"


@pytest.fixture(autouse=True)
def machine_engine(engine: Engine) -> None:
    Leases.engine = engine


def test_leases_hold_whatever_happens_in_whatever_order() -> None:
    run_state_machine_as_test(
        Leases,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
