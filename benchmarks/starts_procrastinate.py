"""procrastinate's worker for `benchmarks.starts`, and what fills its queue."""

import asyncio
import os
import sys
import time

import procrastinate

from benchmarks.starts import MOMENT

app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=os.environ.get("BENCH_SQL", "")))
starts = os.open(os.environ.get("BENCH_STARTS", os.devnull), os.O_WRONLY | os.O_APPEND)


@app.task(name="noop")
async def noop() -> None:
    os.write(starts, MOMENT.pack(time.time()))


async def fill(count: int) -> None:
    async with app.open_async():
        if not await app.check_connection_async():
            await app.schema_manager.apply_schema_async()
        await noop.batch_defer_async(*[{} for _ in range(count)])


async def work(slots: int) -> None:
    async with app.open_async():
        await app.run_worker_async(concurrency=slots)


if __name__ == "__main__":
    from benchmarks import starts_procrastinate as named  # noqa: PLW0406 - the worker knows tasks by their module

    asyncio.run({"fill": named.fill, "work": named.work}[sys.argv[1]](int(sys.argv[2])))
