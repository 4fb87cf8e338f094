"""A worker: takes waiting tasks while it has free slots, and keeps their leases."""

import contextlib
import os
import socket
import threading
import time
from collections.abc import Callable
from functools import partial

import structlog
from sqlalchemy import Engine

from jobalerts.broker import TASK_QUEUES, Message
from jobalerts.domain.retry import ALONE_AFTER
from jobalerts.domain.turns import Turns
from jobalerts.errors import TemporaryError
from jobalerts.runs import STOPPED
from jobalerts.sql import leases, waking, workers
from jobalerts.sql.claims_together import Collision, claim_together
from jobalerts.sql.engine import read, write
from jobalerts.sql.leases import RENEW_EVERY, SELF_KILL_AFTER, SUSPECTS_LANE, Holding, Room
from jobalerts.sql.tasks import Task
from jobalerts.sql.workers import Capacity
from scheduler.booking import TAKEN
from scheduler.crew import Crew
from scheduler.execution import Active

LOOK_EVERY_S = 2.0
BEAT_EVERY_S = 1.0
SLOW_RENEWAL_S = 5.0  # one that took longer says little about the lease by now
GOODBYE_S = 5.0
TOGETHER = 3  # slots from which on tasks are claimed several at once
GATHER_S = 0.001  # tasks that end at almost the same time leave their slots to one claim
LANES = {queue: lane for lane, queue in TASK_QUEUES.items()}

log = structlog.get_logger()


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


class Worker:
    """Holds tasks up to its slots. `carry_out` runs one to its end, in a thread of its own, and has that booked."""

    def __init__(self, engine: Engine, carry_out: Callable[[Active], None], *, capacity: Capacity, name: str) -> None:
        self._engine = engine
        self._carry_out = carry_out
        self._capacity = capacity
        self.name = name
        self._active: dict[Holding, Active] = {}  # a task that was handed back may be taken anew before this is heard
        self._in_slots: set[Holding] = set()  # of those, what has not run to its end
        self._alone: set[Holding] = set()  # of those, what lets nothing else run beside it
        self._crew = Crew("task")
        self._filling = threading.Lock()
        self._rounds_begun = 0
        self._is_busy = False  # the last round took several tasks
        self._taking = threading.Lock()
        self._changed = threading.Condition()
        self._is_stopping = False
        self._runs_empty = False
        self._renewed_at = 0.0
        self._room_since = time.monotonic()
        self._turns = {lane: Turns() for lane in TASK_QUEUES}
        self._has_freed = False
        self._flowing: dict[str, None] = {}  # lanes that may hold more, the next one first

    def handle(self, message: Message) -> None:
        """Take the best waiting task of the message's lane; returns once the claim is committed.

        While all slots are taken the message is kept back: other workers look for themselves every 2 s.
        """
        lane = LANES[message.queue]
        while not self._has_room():
            if self._is_stopping:
                raise TemporaryError("the worker stops")
            self._flowing.setdefault(lane)
            with self._changed:
                self._changed.wait(LOOK_EVERY_S)
        self._fill(lane)

    def take(self, lane: str) -> bool:
        """Claim and start one task of the lane; False when there is none or no room."""
        with self._taking:
            if not self._has_room():
                return False
            lanes = (SUSPECTS_LANE, lane) if self._runs_empty else (lane,)
            self._runs_empty = False
            return any(self._take(one) for one in dict.fromkeys(lanes))

    def look(self) -> int:
        """Take what waits, though no wake-up came: it was lost, or lies with a worker that is full.

        A task that runs alone would wait for ever for a worker that always has something else to do: for one that has
        waited, take nothing more until what runs has ended.
        """
        if self._active:
            with read(self._engine) as connection:
                self._runs_empty = leases.suspect_waits(connection)
        if not self._has_room():
            return 0
        with read(self._engine) as connection:
            lanes = waking.waiting_lanes(connection)
        return self._fill(*lanes) if lanes else 0

    def go_on(self) -> int:
        """Once tasks have ended, fill their slots from the lanes in turn: that takes no wake-up while more waits."""
        with self._changed:
            if not self._has_freed:
                self._changed.wait(LOOK_EVERY_S)
            self._has_freed = False
        return self._fill() if self._flowing else 0

    def beat(self) -> None:
        """Once a second: end what is not ours any more, renew every 10 s, end what could not be renewed for 20 s."""
        try:
            self._end_lost()
            if time.monotonic() - self._renewed_at >= RENEW_EVERY.total_seconds() - BEAT_EVERY_S:
                self._renew()
        finally:
            limit = SELF_KILL_AFTER.total_seconds()
            for active in self._held():
                if time.monotonic() - active.renewed_at > limit and not active.ends_because:
                    log.error("lease not renewed", task_id=active.task.task_id, seconds=limit)
                    active.end(STOPPED)

    def stop(self) -> None:
        """Take nothing more, end what runs and hand it back unspent."""
        with self._taking:
            self._is_stopping = True
        for active in self._held():
            active.end(STOPPED)
        if self._active:
            with contextlib.suppress(TemporaryError), write(self._engine) as connection:
                workers.stopping(connection, self.name)
        deadline = time.monotonic() + GOODBYE_S
        with self._changed:
            self._changed.notify_all()
            while self._active and time.monotonic() < deadline:
                self._changed.wait(deadline - time.monotonic())
        with write(self._engine) as connection:
            workers.leave(connection, self.name)

    def _fill(self, *lanes: str) -> int:
        """Take what these lanes hold and those that may hold more, each for its share of the free slots.

        Whoever comes while others wait for their turn leaves it to the next one, who looks into all of these lanes.
        """
        for lane in lanes:
            self._flowing.setdefault(lane)
        before = self._rounds_begun
        with self._filling:
            if self._rounds_begun > before:
                return 0
            self._rounds_begun += 1
            if self._is_busy:
                time.sleep(GATHER_S)
            taken, flowing = 0, list(self._flowing)
            for index, lane in enumerate(flowing):
                if (free := self._room()) > 0:
                    share = -(-free // (len(flowing) - index))  # rounded up
                    self._flowing.pop(lane, None)  # whoever takes one puts it back, at the end
                    taken += self._take_together(lane, share) or int(self.take(lane))
            self._is_busy = taken >= TOGETHER
            return taken

    def _take_together(self, lane: str, most: int) -> int:
        with self._taking:
            if self._capacity.slots < TOGETHER or self._runs_empty or self._turns[lane].is_longest_waitings:
                return 0
            most = min(most, self._room())
            if most < 1:
                return 0
            began = time.monotonic()
            room = Room(is_idle=False, free_seconds=began - self._room_since, turns=self._turns[lane])
            try:
                with write(self._engine) as connection:
                    claimed = claim_together(connection, lane=lane, worker=self.name, room=room, limit=most)
            except Collision:
                return 0
            for task in claimed:
                self._flowing.setdefault(lane)
                self._start(task, began)
            return len(claimed)

    def _take(self, lane: str) -> bool:
        with write(self._engine) as connection:
            began = time.monotonic()
            free = began - self._room_since
            room = Room(is_idle=not self._active, free_seconds=free, turns=self._turns[lane])
            task = leases.claim(connection, lane=lane, worker=self.name, room=room)
        if task is None:
            return False
        self._flowing.setdefault(lane)
        self._start(task, began)
        return True

    def _start(self, task: Task, began: float) -> None:
        holding = Holding(task_id=task.task_id, epoch=task.epoch)
        active = Active(task=task, renewed_at=began, is_booked=partial(self._free, holding, is_booked=True))
        self._active[holding] = active
        self._in_slots.add(holding)
        if task.lost_workers >= ALONE_AFTER:
            self._alone.add(holding)
        log.info("task started", task_id=task.task_id, board=task.board, attempt=task.attempt, epoch=task.epoch)
        self._crew.do(partial(self._work, active))

    def _work(self, active: Active) -> None:
        try:
            self._carry_out(active)
        except Exception:
            log.exception("task not carried out", task_id=active.task.task_id)
            active.is_booked()  # its lease runs out
        self._free(active.holding)

    def _free(self, holding: Holding, *, is_booked: bool = False) -> None:
        """Its run is over; or its end is booked too."""
        with self._changed:
            had_room = self._has_room()
            self._in_slots.discard(holding)
            if is_booked:
                self._active.pop(holding, None)
                self._alone.discard(holding)
            if not had_room and self._has_room():
                self._room_since = time.monotonic()
            if not self._has_freed:
                self._has_freed = True
                self._changed.notify_all()

    def _has_room(self) -> bool:
        """Ends that are still to be booked keep no slot, as long as they are not more than there are slots."""
        return self._room() > 0

    def _room(self) -> int:
        if self._is_stopping or (self._runs_empty and self._active):
            return 0
        if self._alone:
            return 0
        slots = self._capacity.slots
        return min(slots - len(self._in_slots), 2 * slots - len(self._active))

    def _held(self) -> list[Active]:
        return list(self._active.values())

    def _end_lost(self) -> None:
        held = self._held()
        if held:
            with read(self._engine) as connection:
                ours = leases.still_held(connection, [active.holding for active in held])
            self._end_all_but(ours, held)

    def _renew(self) -> None:
        began = time.monotonic()
        held = self._held()
        with write(self._engine) as connection:
            workers.beat(connection, name=self.name, host=socket.gethostname(), capacity=self._capacity)
            ours = leases.renew(connection, [active.holding for active in held])
        self._renewed_at = began
        for active in held:
            if active.task.task_id in ours:
                active.renewed_at = began
                if active.run is not None and time.monotonic() - began < SLOW_RENEWAL_S:
                    active.run.beat()
        self._end_all_but(ours, held)

    def _end_all_but(self, ours: set[str], held: list[Active]) -> None:
        for active in held:
            if active.task.task_id not in ours and active.holding in self._active:
                active.end(TAKEN)
