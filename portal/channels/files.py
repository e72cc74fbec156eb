"""For a demo or a trial: each message becomes a file."""

import json

from django.conf import settings


class FileSMS:
    """Writes one JSON file a message into ``SMS_FILE_DIR``."""

    def send(self, notice, words):
        folder = settings.SMS_FILE_DIR
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{notice.pk:08d}.json"
        message = {"to": notice.phone, "template": notice.template, "text": words.text, "dlt_id": words.dlt_id}
        path.write_text(json.dumps(message, ensure_ascii=False, indent=1), encoding="utf-8")
        return path.name
