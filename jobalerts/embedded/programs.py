"""Runs the four programs as children: starts them again when they crash, stops them with all they started."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from jobalerts.embedded import records
from jobalerts.embedded.log_files import LogFile, loud
from jobalerts.errors import ConfigError

PROGRAMS = ("web", "scheduler", "worker", "mailer")
STOP_PATIENCE_S = 7.0
STEADY_S = 60.0  # a crash after this long counts as the first again
FIRST_LOOK_S = 10.0  # ending with 2 within this time means wrong settings: starting again would not help
LONGEST_DELAY_S = 30.0
WRONG_SETTINGS = 2
Tell = Callable[[str, str], None]  # program, text


def restart_delay(crashes: int) -> float:
    """Seconds to wait before the next start after so many crashes in a row: 1, 2, 4, … 30."""
    return min(LONGEST_DELAY_S, 2.0 ** min(crashes - 1, 10))


@dataclass(kw_only=True)
class Program:
    """One child; `process` None: it has crashed and is started again at `start_at`."""

    name: str
    log: LogFile
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    starts: int = 0
    crashes: int = 0
    last_line: str = ""


@dataclass(kw_only=True)
class Programs:
    """All children of `up`. Times are monotonic seconds."""

    home: Path
    tell: Tell
    command: tuple[str, ...] = (sys.executable, "-m", "jobalerts")
    running: list[Program] = field(default_factory=list)

    def start(self, names: Iterable[str]) -> None:
        for name in names:
            program = Program(name=name, log=LogFile(path=self.home / "logs" / f"{name}.log"))
            self.running.append(program)
            self._spawn(program)

    def look(self) -> None:
        """One round: pass on what they say, note who ended, start again who is due."""
        for program in self.running:
            if program.process is None:
                if time.monotonic() >= program.start_at:
                    self._spawn(program)
                continue
            code = program.process.poll()
            self._pass_on(program)
            if code is not None:
                self._note_crash(program, code)

    def stop(self) -> None:
        """SIGTERM to each; what is left of their trees after 7 s is killed."""
        tree: set[psutil.Process] = set()
        for program in self.running:
            if program.process is not None:
                tree |= _tree(program.process.pid)
                program.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_PATIENCE_S
        for program in self.running:
            self._await_end(program, tree, deadline)
        _, alive = psutil.wait_procs(list(tree), timeout=0)
        for process in alive:
            _kill(process)
        psutil.wait_procs(alive, timeout=2)
        for program in self.running:
            if program.process is not None:
                program.process.wait()
            self._pass_on(program)
            records.remove(self.home, program.name)
        self.running.clear()

    def _await_end(self, program: Program, tree: set[psutil.Process], deadline: float) -> None:
        """Wait for it until then, and remember what it starts in the meantime."""
        while program.process is not None and program.process.poll() is None and time.monotonic() < deadline:
            tree |= _tree(program.process.pid)
            time.sleep(0.05)

    def _spawn(self, program: Program) -> None:
        with program.log.open() as log:
            # A session of its own: a signal to the group reaches `up` alone, which then stops all in order.
            program.process = subprocess.Popen(
                [*self.command, program.name], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        program.started_at = time.monotonic()
        program.starts += 1
        record = records.record_of(program.name, program.process.pid)
        if record:
            records.write(self.home, record)

    def _pass_on(self, program: Program) -> None:
        for line in program.log.news():
            program.last_line = line.strip() or program.last_line
            text = loud(line)
            if text:
                self.tell(program.name, text)
        program.log.shorten()

    def _note_crash(self, program: Program, code: int) -> None:
        lasted = time.monotonic() - program.started_at
        if code == WRONG_SETTINGS and program.starts == 1 and lasted < FIRST_LOOK_S:
            raise ConfigError(f"{program.name} does not start: {program.last_line}")
        program.crashes = 1 if lasted > STEADY_S else program.crashes + 1
        delay = restart_delay(program.crashes)
        program.process, program.start_at = None, time.monotonic() + delay
        last = f" ({program.last_line})" if program.last_line else ""
        self.tell(program.name, f"ended {_described(code)}{last}; starting again in {delay:.0f} s")


def _described(code: int) -> str:
    return f"with code {code}" if code >= 0 else f"by {signal.Signals(-code).name}"


def _tree(pid: int) -> set[psutil.Process]:
    try:
        process = psutil.Process(pid)
        return {process, *process.children(recursive=True)}
    except psutil.Error:
        return set()


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.Error:
        return
