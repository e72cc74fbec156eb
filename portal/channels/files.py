"""For a demo or a trial: each message becomes a file."""

import json

from django.conf import settings

from portal.channels.base import CannotSend


class FileSMS:
    """Writes one JSON file a message into ``SMS_FILE_DIR``."""

    def send(self, notice, words):
        path = path_of(notice.pk)
        message = {"to": notice.phone, "template": notice.template, "text": words.text, "dlt_id": words.dlt_id}
        text = json.dumps(message, ensure_ascii=False)
        try:
            _write(path, text)
        except OSError as problem:
            raise CannotSend(f"file not written: {type(problem).__name__}", may_work_later=True) from None
        return path.name


def _write(path, text):
    """Looks for the folder only when it is not there: a sweep writes hundreds of files a second."""
    try:
        path.write_text(text, encoding="utf-8")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def forget(pks):
    """Take away the files of these notices, of which nothing may be left."""
    for pk in pks:
        path_of(pk).unlink(missing_ok=True)


def path_of(pk):
    """Where the notice of this key is written, or would be."""
    return settings.SMS_FILE_DIR / f"{pk:08d}.json"
