"""The states of a committee's proposal, and the arrows between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProposalStatus(models.TextChoices):
    DRAFT = "DRAFT", _("draft")
    SENT = "SENT", _("sent for approval")
    RETURNED = "RETURNED", _("sent back")
    APPROVED = "APPROVED", _("approved")
    PUBLISHED = "PUBLISHED", _("published")
    DROPPED = "DROPPED", _("dropped")


S = ProposalStatus
MOVES: dict[str, set[str]] = {
    S.DRAFT: {S.SENT, S.DROPPED},
    S.SENT: {S.RETURNED, S.APPROVED, S.DRAFT},  # back to a draft: its maker takes it back
    S.RETURNED: {S.SENT, S.DROPPED},
    S.APPROVED: {S.PUBLISHED, S.DRAFT},  # what is left of a list published in part may be written anew
    S.PUBLISHED: set(),
    S.DROPPED: set(),
}
OPEN = [S.DRAFT, S.SENT, S.RETURNED, S.APPROVED]
WRITABLE = [S.DRAFT, S.RETURNED]  # lines may be changed
