"""A message, and those who carry it."""

from datetime import timedelta

from committees.domain.relaying import approving, carrying, writing
from committees.models import Broadcast
from tests.factories.committees import make_holder

TEXT = "रविवार को बूथ बैठक\nसभी साथी *सुबह 10 बजे* अपने बूथ पर मिलें।"
HEADS = {  # who leads each unit of the small tree, from the top
    "RJ": "state-president",
    "SKR": "district-president",
    "AC036": "assembly-president",
    "AC036-A": "block-president",
    "AC036-A-M1": "mandal-president",
    "AC036-P112": "booth-president",
}
LEVELS = ["state", "district", "assembly", "block", "mandal", "booth"]


def told(unit, now, **values):
    """What a writer says."""
    usual = {"audience": "workers", "carriers": "heads", "levels": LEVELS, "valid_until": now + timedelta(days=3)}
    return writing.Told(**{"unit": unit, "text": TEXT, **usual, **values})


def written(unit, by, now, **values):
    return writing.write(told=told(unit, now, **values), by=by, now=now)


def approved(unit, by, second, now, **values):
    """A message that goes out."""
    broadcast = written(unit, by, now, **values)
    approving.approve(broadcast=broadcast, text=broadcast.texts.get(), by=second, now=now)
    return Broadcast.objects.get(pk=broadcast.pk)


def carried(unit, by, second, now, **values):
    """A message that all have got."""
    broadcast = approved(unit, by, second, now, **values)
    carrying.carry(now=now)
    return Broadcast.objects.get(pk=broadcast.pk)


def make_heads(units, now, *without):
    """Somebody in each chair of the one line of the tree; code → appointment."""
    heads = {code: post for code, post in HEADS.items() if code not in without}
    return {code: make_holder(post, units[code], now, accepted=True) for code, post in heads.items()}
