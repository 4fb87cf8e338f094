"""All tables. Names of constraints are fixed, because alembic's batch mode drops unnamed ones."""

from jobalerts.sql.columns import UNSENT as UNSENT
from jobalerts.sql.columns import metadata as metadata
from jobalerts.sql.tables.listing import boards as boards
from jobalerts.sql.tables.listing import companies as companies
from jobalerts.sql.tables.listing import schedules as schedules
from jobalerts.sql.tables.listing import unknown_companies as unknown_companies
from jobalerts.sql.tables.mail import mails as mails
from jobalerts.sql.tables.mail import matches as matches
from jobalerts.sql.tables.mail import suppressions as suppressions
from jobalerts.sql.tables.messages import dead_letters as dead_letters
from jobalerts.sql.tables.messages import facts as facts
from jobalerts.sql.tables.messages import messages as messages
from jobalerts.sql.tables.messages import outbox as outbox
from jobalerts.sql.tables.operation import notices as notices
from jobalerts.sql.tables.operation import rounds as rounds
from jobalerts.sql.tables.people import alerts as alerts
from jobalerts.sql.tables.people import idempotency_keys as idempotency_keys
from jobalerts.sql.tables.people import refresh_tokens as refresh_tokens
from jobalerts.sql.tables.people import sessions as sessions
from jobalerts.sql.tables.people import tokens as tokens
from jobalerts.sql.tables.people import users as users
from jobalerts.sql.tables.work import attempts as attempts
from jobalerts.sql.tables.work import fences as fences
from jobalerts.sql.tables.work import task_requests as task_requests
from jobalerts.sql.tables.work import tasks as tasks
from jobalerts.sql.tables.work import workers as workers
