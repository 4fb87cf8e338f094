"""The SMTP catcher and the reading of what it keeps."""

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from jobalerts.embedded.outbox_folder import outbox_mail, outbox_mails
from jobalerts.embedded.smtp_catcher import open_catcher
from jobalerts.errors import ConfigError
from tests.servers import free_port


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    number = free_port()
    catcher = open_catcher(tmp_path, number)
    yield number
    catcher.stop()


def send(port: int, subject: str = "Größe & Glück") -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "alerts@jobs.example", "ana@people.example"
    message.set_content("Two postings — für Sie\n")
    message.add_alternative("<p>Two postings</p>", subtype="html")
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(message)


def test_a_mail_is_kept_whole_and_read_back(port: int, tmp_path: Path) -> None:
    send(port)
    [mail] = outbox_mails(tmp_path)
    assert (mail.subject, mail.to) == ("Größe & Glück", "ana@people.example")
    assert mail.text == "Two postings — für Sie\n"
    assert mail.html == "<p>Two postings</p>\n"
    assert outbox_mail(tmp_path, mail.id) == mail


def test_the_newest_mail_comes_first(port: int, tmp_path: Path) -> None:
    for number in range(3):
        send(port, f"Mail {number}")
    assert [mail.subject for mail in outbox_mails(tmp_path)] == ["Mail 2", "Mail 1", "Mail 0"]


def test_a_mail_without_a_recipient_in_its_head_is_shown_with_that_of_the_envelope(port: int, tmp_path: Path) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.sendmail("alerts@jobs.example", ["ana@people.example"], "Subject: Hello\r\n\r\nYou\r\n")
    assert outbox_mails(tmp_path)[0].to == "ana@people.example"


@pytest.mark.parametrize("id", ["nothing", "../../etc/passwd", "", "a/b"])
def test_an_unknown_id_reads_no_file(tmp_path: Path, id: str) -> None:
    assert outbox_mail(tmp_path, id) is None


def test_an_outbox_that_does_not_exist_is_empty(tmp_path: Path) -> None:
    assert outbox_mails(tmp_path) == []


def test_a_port_in_use_is_one_line(port: int, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=f"cannot listen on 127.0.0.1:{port}"):
        open_catcher(tmp_path, port)
