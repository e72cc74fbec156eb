"""The country of the story, its clock, and the messages that left."""

import json
import re
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.management import call_command

from portal.models import Notice
from portal.models.notices import NoticeStatus
from tests.factories.committees import make_tree, make_user
from tests.walking import Device

INDIA = ZoneInfo("Asia/Kolkata")
SUNITA, RAMESH, KAVITA, ASIF, MOHAN = (f"98765000{number:02}" for number in range(1, 6))
GITA, HARI = "9811100001", "9811100002"
LINK = re.compile(r"https?://\S+")


def at(day, hour, minute=0, month=11):
    """A time of this story, on India's clock: November 2025 unless another month is said."""
    return datetime(2025, month, day, hour, minute, tzinfo=INDIA)


class Road:
    """Everyone shares the tree, the clock and the folder into which the messages fall."""

    def __init__(self, clock, folder, now):
        self.clock, self.folder = clock, folder
        self.units = make_tree(now)
        state = self.units["RJ"]
        self.office = make_user("state-office", state, now, "विमला शर्मा")
        self.second = make_user("state-office", state, now, "राजेश गुप्ता")
        self.reception = make_user("reception", state, now, "नसीम बानो")
        self.trainer = make_user("trainer", state, now, "कमल सिंह")
        self.told = set(Notice.objects.values_list("pk", flat=True))
        Notice.objects.update(status=NoticeStatus.CANCELLED)  # the office itself was told long ago

    def wait_until(self, moment):
        self.clock.move_to(moment)

    def desk(self, user):
        """A colleague who is signed in at a desk."""
        return Device(user)

    def tick(self, moment=None):
        """What leaves at this minute, as (template, last digits); a second tick of the minute sends nothing."""
        if moment:
            self.wait_until(moment)
        call_command("tick", verbosity=0)
        left = self._left()
        call_command("tick", verbosity=0)
        assert self._left() == []
        return left

    def message(self, phone, template):
        """The words of the last message of this kind to this phone."""
        row = Notice.objects.filter(phone__endswith=phone, template=template, status=NoticeStatus.SENT).latest("pk")
        return json.loads((self.folder / f"{row.pk:08d}.json").read_text(encoding="utf-8"))["text"]

    def link(self, phone, template):
        """The address in that message."""
        return LINK.search(self.message(phone, template))[0].rstrip("।.")

    def _left(self):
        rows = Notice.objects.filter(status=NoticeStatus.SENT).exclude(pk__in=self.told)
        new = list(rows.values_list("pk", "template", "phone"))
        self.told |= {pk for pk, _template, _phone in new}
        return sorted((template, phone[-10:]) for _pk, template, phone in new)
