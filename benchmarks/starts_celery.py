"""Celery's worker for `benchmarks.starts`; run as a program it fills the queue."""

import os
import sys
import time

from celery import Celery

from benchmarks.starts import MOMENT

QUEUE = os.environ.get("BENCH_QUEUE", "bench")
app = Celery("bench", broker=os.environ.get("BENCH_BROKER"))
app.conf.update(
    task_ignore_result=True,
    task_acks_late=bool(os.environ.get("BENCH_LATE")),
    task_default_queue=QUEUE,
    task_default_queue_type="quorum",
    task_default_exchange=QUEUE,
    task_default_exchange_type="direct",
    task_default_routing_key=QUEUE,
)
starts = os.open(os.environ.get("BENCH_STARTS", os.devnull), os.O_WRONLY | os.O_APPEND)


@app.task
def noop() -> None:
    os.write(starts, MOMENT.pack(time.time()))


def main() -> None:
    with app.producer_pool.acquire() as producer:
        for _ in range(int(sys.argv[1])):
            noop.apply_async(producer=producer)


if __name__ == "__main__":
    from benchmarks.starts_celery import main as fill  # under its own name, which the worker knows the task by

    fill()
