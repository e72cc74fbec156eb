"""The one message that these tests send, and how the rows stand."""

from datetime import timedelta

from portal.models import Notice

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
NOTHING = {"sent": 0, "failed": 0, "later": 0, "too_late": 0, "unknown": 0}


def hello(now, key="hello:1", **fields):
    values = {"phone": "+919829012345", "template": "hello", "context": {"name": "सुनीता"}, "due_at": now}
    return Notice(key=key, **values | fields)


def statuses():
    return dict(Notice.objects.values_list("key", "status"))
