"""E-mail through Django's backend (SMTP in production, the console in a demo)."""

import smtplib

from django.core.mail import EmailMessage

from portal.channels.base import CannotSend


class EmailChannel:
    """Sends a plain-text mail."""

    def send(self, notice, words):
        try:
            EmailMessage(subject=words.subject, body=words.text, to=[notice.email]).send()
        except smtplib.SMTPRecipientsRefused:
            raise CannotSend("the mail server refused the address", may_work_later=False) from None
        except (smtplib.SMTPException, OSError) as problem:
            raise CannotSend(f"mail server: {type(problem).__name__}", may_work_later=True) from None
        return "smtp"
