"""Who works on the tasks: for admins, because it names hosts."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from jobalerts.sql import workers
from jobalerts.sql.engine import read
from webapp.access import Access, access
from webapp.services import services

blueprint = Blueprint("workers", __name__)


@blueprint.get("/workers")
@access(Access.ADMIN)
def page() -> ResponseReturnValue:
    with read(services().engine) as connection:
        return render_template("workers/page.html", workers=workers.all_workers(connection))
