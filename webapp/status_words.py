"""What a status or a kind means for a person who never saw one."""

TASK_STATUSES = {
    "created": "waits for its turn",
    "running": "at work now",
    "retrying": "did not work, tried again by itself",
    "success": "done",
    "failed": "hopeless, not tried again",
    "killed": "ended by an admin, or over its time",
    "dead": "out of tries",
}
MAIL_STATUSES = {
    "planned": "goes out next",
    "sending": "with the mail server now",
    "waiting": "not taken yet, tried again by itself",
    "unknown": "the mail server's answer was lost",
    "sent": "taken by the mail server",
    "failed": "refused, not tried again",
    "dropped": "nothing was left to say",
}
MAIL_KINDS = {
    "confirm": "to confirm an address",
    "exists": "to somebody who registered again",
    "sign_in": "sign-in link",
    "welcome": "welcome",
    "digest": "digest",
    "operator": "to the operator",
}


def task_status(status: str) -> str:
    """What the status of a task means for a person."""
    return TASK_STATUSES[status]


def mail_status(status: str) -> str:
    """What the status of a mail means for a person."""
    return MAIL_STATUSES[status]


def mail_kind(kind: str) -> str:
    """What a mail is for."""
    return MAIL_KINDS[kind]
