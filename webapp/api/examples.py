"""The examples of the API's document."""

from typing import Any

TASK_ID = "0193a1b2-7c5e-7d3a-9f00-3b8f0c2d4e61"
REFRESH_TOKEN = "0193a1b2-0000-7000-8000-5b1f7c2d9a10.k8yQw2c0TnH5c1vGx9Yt3ZrLr0bq7sVdJmPpE4fUoAw"  # noqa: S105
CURSOR = "AZOhsnxefTqfADuPDC1OYQ"
PROGRESS = {"done": 62, "total": 120}
PATCH = {"status": "killed"}
LOGIN = {"email": "ada@example.org", "password": "correct horse battery staple"}
REGISTER = {
    "username": "Ada",
    "email": "ada@example.org",
    "job_types": ["software_engineer", "data_engineer"],
    "years_of_experience": "3-5",
    "companies": ["Stripe", "GitLab"],
    "locations": ["DE", "Netherlands"],
    "remote": False,
    "password": "correct horse battery staple",
}
TOKENS = {
    "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIwMTkzYTFiMiJ9.c2lnbmF0dXJl",
    "token_type": "Bearer",
    "expires_in": 900,
    "refresh_token": REFRESH_TOKEN,
}
TASK: dict[str, Any] = {
    "task_id": TASK_ID,
    "schedule_id": "0193a1b2-0000-7000-8000-000000000001",
    "kind": "crawl",
    "board": "greenhouse/stripe",
    "args": {"job_type": None, "location": None, "company": "Stripe"},
    "status": "running",
    "is_retry": False,
    "priority": 5,
    "attempt": 1,
    "max_attempts": 4,
    "message": "",
    "worker": None,
    "progress": PROGRESS,
    "created_at": "2026-11-20T12:00:00Z",
    "start_time": "2026-11-20T12:00:01.204Z",
    "end_time": None,
    "next_try_at": None,
}
TASK_REQUEST: dict[str, Any] = {"kind": "crawl", "board": "greenhouse/stripe", "priority": 7}
TASK_PAGE = {"tasks": [TASK], "next_cursor": CURSOR}
ATTEMPT: dict[str, Any] = {
    "epoch": 1,
    "number": 1,
    "worker": "worker-1",
    "started_at": "2026-11-20T12:00:01.204Z",
    "ended_at": "2026-11-20T12:00:03.871Z",
    "outcome": "complete",
    "message": "",
    "counts": {"seen": 120, "new": 3, "changed": 5, "closed": 1, "skipped": 0},
    "output_tail": "",
}
COUNTS = {"created": 2, "running": 1, "success": 240, "failed": 3, "retrying": 1, "killed": 0, "dead": 1}
TASK_STATS: dict[str, Any] = {
    "by_status": COUNTS,
    "by_board": {"greenhouse/stripe": {**COUNTS, "total": 248}},
    "by_day": {"2026-11-20": {**COUNTS, "total": 248}},
    "success_rate": 0.9836,
    "seconds": {"median": 2.4, "p95": 6.1},
    "start_delay": {"median": 0.4, "p95": 1.9},
    "running": 1,
    "oldest_running_seconds": 2.1,
    "oldest_waiting_seconds": 0.3,
    "oldest_message_seconds": None,
    "oldest_mail_seconds": 0.8,
    "loops": [{"program": "scheduler", "loop": "task sweeper", "silent_seconds": 3.2}],
    "wrong": [],
    "next_due": "2026-11-20T18:04:00Z",
    "postings": {"open": 12034, "new_24h": 347, "note": None},
    "mails": {"sent_24h": 89},
    "counted_at": "2026-11-20T12:00:00Z",
}
WORKER: dict[str, Any] = {
    "name": "host-7:4711",
    "host": "host-7",
    "slots": 2,
    "prefetch": 1,
    "running": 1,
    "state": "alive",
    "started_at": "2026-11-20T06:00:00Z",
    "last_beat_at": "2026-11-20T12:00:00Z",
}
DEAD_TASK: dict[str, Any] = {
    "id": TASK_ID,
    "kind": "task",
    "given_up_at": "2026-11-20T12:31:07.114Z",
    "reason": "blocked",
    "message": "the board answers 403",
    "board": "greenhouse/stripe",
    "status": "dead",
    "attempts": 4,
    "output": "403 https://boards-api.greenhouse.io/v1/boards/stripe/jobs\n",
    "queue": None,
    "body": None,
}
DEAD_LETTER_PAGE: dict[str, Any] = {"dead_letters": [DEAD_TASK], "next_cursor": None}
LETTERS: dict[str, Any] = {"all_matching": {"reason": "blocked"}}
LETTERS_DONE: dict[str, Any] = {"count": 3, "skipped": 0, "more": False}
MAILS_WANTED: dict[str, Any] = {"ids": [TASK_ID]}
MAILS_QUEUED: dict[str, Any] = {"count": 1, "skipped": 0, "more": False}
REGISTERED = {"detail": "We have sent a mail to this address; what it says comes next."}
PROBLEM = {
    "type": "about:blank",
    "title": "Unprocessable Entity",
    "status": 422,
    "detail": "Some fields are not right; `errors` names them.",
    "errors": [{"field": "email", "detail": "This is needed."}],
}
