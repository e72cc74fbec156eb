"""SMS through a provider's HTTP interface, with the registered DLT ids."""

import json
import urllib.error
import urllib.request

from django.conf import settings

from portal.channels.base import CannotSend

TIMEOUT = 10  # seconds; a slow provider must not hold the sweep


class HttpSMS:
    """Posts JSON to ``SMS_HTTP_URL``: sender, to, text, dlt_id, reference."""

    def send(self, notice, words):
        body = {
            "sender": settings.SMS_SENDER,
            "to": notice.phone,
            "text": words.text,
            "dlt_id": words.dlt_id,
            "reference": notice.key,
        }
        request = urllib.request.Request(
            settings.SMS_HTTP_URL,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_HTTP_KEY}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
                return str(json.loads(answer.read() or b"{}").get("id", ""))[:120]
        except urllib.error.HTTPError as problem:
            raise CannotSend(f"provider said {problem.code}", may_work_later=problem.code >= 500) from None
        except (OSError, ValueError) as problem:
            raise CannotSend(f"provider not reached: {type(problem).__name__}", may_work_later=True) from None
