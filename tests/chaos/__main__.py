"""`python -m tests.chaos`: one ledger a configuration on stdout, all else on stderr; 1 when a promise is broken.

KILLS (60) and SEED (chosen and printed) come from the environment; CONFIGS may name one configuration, POINTS the
named points to die at instead of all; KEEP=1 keeps logs, journal and database, which a broken promise does anyway.
"""

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from jobalerts.embedded import mongod
from tests import servers
from tests.chaos.points import POINTS
from tests.chaos.scenario import Scenario

CONFIGS = ("sqlite", "postgresql-rabbitmq")


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: what was started is ended
    kills = int(os.environ.get("KILLS") or 60)
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**6))
    points = os.environ.get("POINTS", "").split() or tuple(POINTS)
    configs = os.environ.get("CONFIGS", "").split() or CONFIGS
    failed = False
    with _folder() as folder, ExitStack() as stack:
        mongodb = mongod.start(folder)
        stack.callback(mongodb.stop)
        for config in configs:
            home = folder / config
            home.mkdir()
            environment = {"MONGODB_URL": mongodb.url, "MONGODB_DATABASE": config}
            if config != "sqlite":
                environment |= {
                    "DATABASE_URL": stack.enter_context(servers.postgresql()),
                    "BROKER_URL": stack.enter_context(servers.rabbitmq()).url,
                }
            began = time.monotonic()
            scenario = Scenario(
                config=config, home=home, environment=environment, seed=seed, kills=kills, points=points
            )
            ledger, broken = scenario.run()
            print(ledger.line(), flush=True)
            for line in [*broken, f"{config}: {time.monotonic() - began:.0f} s"]:
                print(line, file=sys.stderr, flush=True)
            failed = failed or bool(broken)
            if broken or os.environ.get("KEEP"):
                _keep(home)
    return 1 if failed else 0


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="jobalerts-chaos-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _keep(home: Path) -> None:
    kept = Path(tempfile.mkdtemp(prefix="jobalerts-chaos-broken-")) / home.name
    shutil.copytree(home, kept, ignore=shutil.ignore_patterns("tmp"))
    print(f"logs, journal and database: {kept}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
