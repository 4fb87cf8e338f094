"""A task as the API shows it: to everybody, and with worker and message to an admin."""

from typing import Any

from jobalerts.sql.task_views import AttemptView
from jobalerts.sql.tasks import Task


def task_json(task: Task, *, is_admin: bool) -> dict[str, Any]:
    """The task's fields. Who ran it and what went wrong is for admins: messages name hosts and addresses."""
    return {
        "task_id": task.task_id,
        "schedule_id": task.schedule_id,
        "kind": task.kind,
        "board": task.board,
        "args": {name: task.args.get(name) for name in ("job_type", "location", "company")},
        "status": task.status,
        "is_retry": task.is_retry,
        "priority": task.priority,
        "attempt": task.attempt,
        "max_attempts": task.max_attempts,
        "message": task.message if is_admin else "",
        "worker": task.worker if is_admin else None,
        "progress": task.progress,
        "created_at": task.created_at,
        "start_time": task.start_time,
        "end_time": task.end_time,
        "next_try_at": task.next_try_at,
    }


def etag(task: Task, *, is_admin: bool) -> str:
    """Changes with the task; the public view has its own, because it is another text."""
    return f"{task.version}" if is_admin else f"{task.version}-public"


def attempt_json(attempt: AttemptView) -> dict[str, Any]:
    """One try, with the end of its output."""
    return {name: getattr(attempt, name) for name in AttemptView.__slots__}
