"""For a demo or a trial: each message becomes a file."""

import json

from django.conf import settings

from portal.channels.base import CannotSend


class FileSMS:
    """Writes one JSON file a message into ``SMS_FILE_DIR``."""

    def send(self, notice, words):
        folder = settings.SMS_FILE_DIR
        path = folder / f"{notice.pk:08d}.json"
        message = {"to": notice.phone, "template": notice.template, "text": words.text, "dlt_id": words.dlt_id}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(message, ensure_ascii=False, indent=1), encoding="utf-8")
        except OSError as problem:
            raise CannotSend(f"file not written: {type(problem).__name__}", may_work_later=True) from None
        return path.name
