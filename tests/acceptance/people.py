"""A person's way from registering to their digests."""

import re

from tests.acceptance.mail_sink import MailSink, text_of
from tests.acceptance.programs import Programs, Visitor, link_in, wait_for


def confirmed_person(programs: Programs, sink: MailSink, email: str, *, company: str) -> None:
    """Register a software engineer in Germany who follows the company, and press the link in the mail."""
    visitor = Visitor(programs.site)
    wanted = {
        "username": email.split("@", 1)[0],
        "email": email,
        "job_types": ["software_engineer"],
        "years_of_experience": "3-5",
        "companies": [company],
        "locations": ["Germany"],
    }
    status, _body = visitor.api("POST", "register", wanted)
    assert status == 201
    mails = wait_for(lambda: sink.to(email), within_s=60, what=f"the confirm mail to {email}", programs=programs)
    visitor.submit(link_in(text_of(mails[0]), "/confirm/"))


def numbers_mailed(sink: MailSink, email: str) -> list[int]:
    """The numbers of the numbered board's postings in all digests to the address, once a mail."""
    return [
        int(number)
        for mail in sink.to(email)
        for number in sorted(set(re.findall(r"numbered\.example/jobs/(\d+)", text_of(mail))))
    ]
