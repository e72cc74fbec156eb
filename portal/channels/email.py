"""E-mail through Django's backend (SMTP in production, the console in a demo)."""

import smtplib

from django.core.mail import EmailMessage, get_connection

from portal.channels.base import CannotSend, PerhapsSent


class EmailChannel:
    """Sends a plain-text mail. Answers of the 4xx kind may work later (RFC 5321, 4.2.1)."""

    def send(self, notice, words):
        line = get_connection()
        try:
            line.open()
        except (smtplib.SMTPException, OSError) as problem:
            raise CannotSend(f"mail server not reached: {type(problem).__name__}", may_work_later=True) from None
        try:
            _mail(notice, words, line).send()
        except smtplib.SMTPRecipientsRefused as problem:
            raise _refused(min(code for code, _text in problem.recipients.values())) from None
        except smtplib.SMTPResponseException as problem:
            raise _refused(problem.smtp_code) from None
        except (smtplib.SMTPException, OSError) as problem:
            raise PerhapsSent(f"the line to the mail server broke: {type(problem).__name__}") from None
        finally:
            line.close()
        return "smtp"


def _mail(notice, words, line):
    """The words; and the calendar file, where the promise carries one as ``ics``."""
    mail = EmailMessage(words.subject, words.text, to=[notice.email], connection=line)
    if file := notice.context.get("ics"):
        mail.attach("interview.ics", file, "text/calendar")
    return mail


def _refused(code):
    return CannotSend(f"the mail server said {code}", may_work_later=code < 500)
