"""E-mail through Django's backend (SMTP in production, the console in a demo)."""

import smtplib

from django.core.mail import DNS_NAME, EmailMessage, get_connection, make_msgid

from portal.channels.base import CannotSend, PerhapsSent

LONGEST_NAME = 120  # of a reference


class EmailChannel:
    """Sends a plain-text mail, named by its Message-ID. Answers of the 4xx kind may work later (RFC 5321, 4.2.1)."""

    def send(self, notice, words):
        line, name = get_connection(), make_msgid(domain=DNS_NAME)
        try:
            line.open()
        except (smtplib.SMTPException, OSError) as problem:
            raise CannotSend(f"mail server not reached: {type(problem).__name__}", may_work_later=True) from None
        try:
            _mail(notice, words, line, name).send()
        except smtplib.SMTPRecipientsRefused as problem:
            raise _refused(min(code for code, _text in problem.recipients.values())) from None
        except smtplib.SMTPResponseException as problem:
            raise _refused(problem.smtp_code) from None
        except (smtplib.SMTPException, OSError) as problem:
            raise PerhapsSent(f"the line to the mail server broke: {type(problem).__name__}") from None
        finally:
            line.close()
        return name[:LONGEST_NAME]


def _mail(notice, words, line, name):
    """The words; and the calendar file, where the promise carries one as ``ics``."""
    headers = {"Message-ID": name}
    mail = EmailMessage(words.subject, words.text, to=[notice.email], connection=line, headers=headers)
    if file := notice.context.get("ics"):
        mail.attach("interview.ics", file, "text/calendar")
    return mail


def _refused(code):
    return CannotSend(f"the mail server said {code}", may_work_later=code < 500)
