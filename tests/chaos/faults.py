"""Chooses what is killed or stopped, where and when, from a seed; and does it."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import psutil

from tests.chaos.fleet import Fleet
from tests.chaos.points import POINTS, arm, disarm

ROLES = ("web", "scheduler", "worker", "launcher", "run", "fetch", "mailer")
WEIGHTS = (2, 2, 3, 1, 3, 2, 3)
SHORT_STOP_S, LONG_STOP_S = (1.0, 6.0), (33.0, 40.0)
STOPS_EVERY = 6
LONG_STOPS_EVERY = 30
PACE_S = 2.5  # between two kills, on the average
PATIENCE_S = 25.0  # for a named point to be reached
READY_S = 30.0
FIND_S = 5.0  # for a process of a role to be there


@dataclass(frozen=True, kw_only=True)
class Fault:
    """`kind`: kill at random, kill at a point, stop at random, or stop at a point; `seconds` of a stop."""

    kind: Literal["kill", "kill_at", "stop", "stop_at"]
    target: str  # a role, or a point
    pause: float  # before it
    which: float  # of several processes, as a share
    seconds: float = 0.0
    with_tree: bool = False


@dataclass(frozen=True, kw_only=True)
class Struck:
    """A kill or stop that happened (`at`: seconds since the epoch)."""

    action: Literal["kill", "stop"]
    role: str
    pid: int
    at: float
    point: str | None = None
    seconds: float = 0.0


def plan(kills: int, seed: int, *, pace: float = PACE_S, points: Sequence[str] = tuple(POINTS)) -> list[Fault]:
    """As many kills as asked for, half of them at the points named, each of which comes before any comes twice."""
    choice = random.Random(seed)
    in_turn: Iterator[str] = _in_rounds(choice, points)
    faults = []
    for index in range(kills):
        rest: dict[str, Any] = {"pause": choice.uniform(0.2, 2 * pace), "which": choice.random()}
        if index % 2:
            faults.append(Fault(kind="kill_at", target=next(in_turn), **rest))
        else:
            faults.append(Fault(kind="kill", target=choice.choices(ROLES, WEIGHTS)[0], **rest))
        if index % STOPS_EVERY == STOPS_EVERY - 1:
            faults.append(_stop(choice, in_turn, is_long=index % LONG_STOPS_EVERY == LONG_STOPS_EVERY - 1))
    return faults


def _stop(choice: random.Random, points: Iterator[str], *, is_long: bool) -> Fault:
    seconds = choice.uniform(*(LONG_STOP_S if is_long else SHORT_STOP_S))
    rest: dict[str, Any] = {"pause": choice.uniform(0.2, 3), "which": choice.random()}
    if choice.random() < 0.5:
        return Fault(kind="stop_at", target=next(points), seconds=seconds, **rest)
    role = choice.choices(ROLES, WEIGHTS)[0]
    return Fault(kind="stop", target=role, seconds=seconds, with_tree=choice.random() < 0.3, **rest)


def _in_rounds(choice: random.Random, points: Sequence[str]) -> Iterator[str]:
    while True:
        names = list(points)
        choice.shuffle(names)
        yield from names


@dataclass(kw_only=True)
class Striker:
    """Carries a plan out on a fleet. A point that nobody comes by in time is replaced by a kill of its role."""

    fleet: Fleet
    patience: float = PATIENCE_S
    struck: list[Struck] = field(default_factory=list)
    _armed: dict[str, tuple[float, Fault]] = field(default_factory=dict)
    _read: int = 0

    @property
    def kills(self) -> list[Struck]:
        return [one for one in self.struck if one.action == "kill"]

    def wait_for_workers(self) -> None:
        """Until one is ready: who kills each of them before it has started kills nothing that works."""
        deadline = time.monotonic() + READY_S
        while not self.fleet.is_ready("worker") and time.monotonic() < deadline:
            time.sleep(0.2)
            self.look()

    def strike(self, fault: Fault) -> None:
        if fault.kind in ("kill", "stop"):
            self._strike_at_random(fault)
        elif fault.target not in self._armed:
            arm(self.fleet.home, fault.target, "stop" if fault.kind == "stop_at" else "kill")
            self._armed[fault.target] = (time.monotonic() + self.patience, fault)
        else:
            self._strike_at_random(fault)
        self.look()

    def look(self) -> None:
        """Note what has fired, and replace what has waited too long."""
        self._note()
        for name, (deadline, fault) in list(self._armed.items()):
            if time.monotonic() > deadline and disarm(self.fleet.home, name):
                del self._armed[name]
                self._strike_at_random(fault)

    def finish(self) -> None:
        """Wait until nothing is armed any more."""
        while self._armed:
            time.sleep(0.1)
            self.look()

    def _note(self) -> None:
        lines = self.fleet.fired()
        for line in lines[self._read :]:
            name = str(line["point"])
            _deadline, fault = self._armed.pop(name)
            self.struck.append(
                Struck(
                    action=line["action"],
                    role=str(line["role"]),
                    pid=line["pid"],
                    at=line["t"],
                    point=name,
                    seconds=fault.seconds,
                )
            )
            if line["action"] == "stop":
                self.fleet.stopped_itself(int(line["pid"]), fault.seconds)
        self._read = len(lines)

    def _strike_at_random(self, fault: Fault) -> None:
        role = POINTS[fault.target].role if fault.target in POINTS else fault.target
        process = self._find(role, fault.which)
        if process is None:
            role = "worker"
            process = self._find(role, fault.which)
        if process is None:
            return
        action: Literal["kill", "stop"] = "stop" if fault.kind in ("stop", "stop_at") else "kill"
        self.struck.append(Struck(action=action, role=role, pid=process.pid, at=time.time(), seconds=fault.seconds))
        try:
            if action == "kill":
                process.kill()
            else:
                self.fleet.stop_for(process, fault.seconds, with_tree=fault.with_tree)
        except psutil.NoSuchProcess:
            self.struck.pop()

    def _find(self, role: str, share: float) -> psutil.Process | None:
        deadline = time.monotonic() + FIND_S
        while not (found := self.fleet.processes(role)) and time.monotonic() < deadline:
            time.sleep(0.05)
        return found[int(share * len(found))] if found else None
