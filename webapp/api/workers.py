"""Who works on the tasks: for admins, because it names hosts."""

from flask import Response

from jobalerts.sql import workers
from jobalerts.sql.engine import read
from jobalerts.sql.workers import Worker
from webapp.api.callers import admin
from webapp.api.reading import refuse_query
from webapp.api.replies import reply
from webapp.services import services


def page() -> Response:
    """Every worker of the last hour, by name. One that is silent for 30 s is lost, and its tasks go to others."""
    admin()
    refuse_query()
    with read(services().engine) as connection:
        found = workers.all_workers(connection)
    return reply({"workers": [{name: getattr(worker, name) for name in Worker.__slots__} for worker in found]})
