"""SMS through a provider's HTTP interface, with the registered DLT ids."""

import http.client
import json
import urllib.error
import urllib.request

from django.conf import settings

from portal.channels.base import CannotSend, PerhapsSent

TIMEOUT = 10  # seconds; a slow provider must not hold the sweep
LONGEST_ANSWER = 65_536
MAY_WORK_LATER = {401, 403, 408, 425, 429}  # a key to renew, too fast; and every 5xx
PERHAPS = {502, 504}  # a gateway speaks, the provider behind it may have heard


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected POST would lose its body and look like a success."""

    def redirect_request(self, *args):
        return None


class HttpSMS:
    """Posts JSON to ``SMS_HTTP_URL``: sender, to, text, dlt_id, reference. Expects 2xx and JSON with an ``id``."""

    def __init__(self):
        self.opener = urllib.request.build_opener(NoRedirect)

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
        return _reference(self._answer(request))

    def _answer(self, request):
        try:
            with self.opener.open(request, timeout=TIMEOUT) as answer:
                return answer.read(LONGEST_ANSWER)
        except urllib.error.HTTPError as problem:
            raise _refused(problem.code) from None
        except urllib.error.URLError as problem:  # raised only before the request is out
            why = type(problem.reason).__name__
            raise CannotSend(f"provider not reached: {why}", may_work_later=True) from None
        except (OSError, http.client.HTTPException) as problem:
            raise PerhapsSent(f"the line to the provider broke: {type(problem).__name__}") from None


def _refused(code):
    if code in PERHAPS:
        return PerhapsSent(f"a gateway said {code}")
    return CannotSend(f"provider said {code}", may_work_later=code >= 500 or code in MAY_WORK_LATER)


def _reference(body):
    """The provider's id in a good answer. A 2xx in another tongue is no refusal, and no receipt either."""
    try:
        return str(json.loads(body)["id"])[:120]
    except (ValueError, TypeError, KeyError):
        raise PerhapsSent("the provider's answer is not JSON with an id") from None
