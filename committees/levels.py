"""The six levels of the tree, from the state down to the polling booth."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    STATE = "state", _("state")
    DISTRICT = "district", _("district")
    ASSEMBLY = "assembly", _("assembly constituency")
    BLOCK = "block", _("block")
    MANDAL = "mandal", _("mandal")
    BOOTH = "booth", _("booth")

    @property
    def depth(self):
        return ORDER.index(self)

    @property
    def above(self):
        """The level of the parent; ``None`` for the state."""
        return ORDER[self.depth - 1] if self.depth else None

    @property
    def below(self):
        """The level of the children; ``None`` for a booth."""
        return ORDER[self.depth + 1] if self.depth + 1 < len(ORDER) else None


ORDER = list(Level)
ANCESTORS = [level.value for level in ORDER[:-1]]  # a booth is nobody's ancestor


class Exclusive(models.TextChoices):
    """How far a post stands alone: who holds it holds no second post of that kind there."""

    NO = "", _("may hold others beside it")
    LEVEL = "level", _("one such post at this level")
    ALL = "all", _("one such post anywhere")


class Role(models.TextChoices):
    """What a post may do. Rights for each role stand in ``committees.access``.

    Panel members are not here: theirs is a duty on a day. A deputy has what was lent: ``Appointment.lent_rights``.
    """

    ADMIN = "admin", _("administrator")
    STATE_OFFICE = "state_office", _("state office")
    AUDITOR = "auditor", _("auditor")
    TRAINER = "trainer", _("trainer")
    RECEPTION = "reception", _("reception desk")
    INCHARGE = "incharge", _("in-charge")
    CONVENER = "convener", _("convener")
    MEMBER = "member", _("member")
    DEPUTY = "deputy", _("deputy")
