"""Our worker as `jobalerts worker` runs it, but for the run: it notes its start, and its end is booked."""

import os
import sys
import time

from benchmarks.starts import MOMENT
from jobalerts.broker.rabbitmq import RabbitBroker
from jobalerts.domain.retry import RetryRule
from jobalerts.logs import configure
from jobalerts.sql.attempts import Ending
from jobalerts.sql.engine import open_engine
from jobalerts.sql.workers import Capacity
from jobalerts.stopping import stop_on_signals
from scheduler.booking import Booking, End
from scheduler.execution import Active
from scheduler.programs import run_worker
from scheduler.worker import Worker, worker_name

SUCCESS = Ending(outcome="success")


def main() -> None:
    sql, bus, prefix, slots = sys.argv[1:]
    configure("warning", "worker")
    engine = open_engine(sql)
    booking = Booking(engine, RetryRule())
    starts = os.open(os.environ["BENCH_STARTS"], os.O_WRONLY | os.O_APPEND)

    def carry_out(active: Active) -> None:
        os.write(starts, MOMENT.pack(time.time()))
        booking.book(End(holding=active.holding, ending=SUCCESS, then=lambda _status: active.is_booked()))

    worker = Worker(engine, carry_out, capacity=Capacity(slots=int(slots), prefetch=1), name=worker_name())
    run_worker(worker, RabbitBroker(bus, prefix=prefix), prefetch=1, stop=stop_on_signals())


if __name__ == "__main__":
    main()
