"""The tree, or a part of it, from a CSV file."""

from django.utils.translation import gettext_lazy as _

from committees.domain import importing
from committees.management.filing import FileCommand
from committees.unitfile import COLUMNS


class Command(FileCommand):
    help = f"""Bring the tree of units in step with a CSV file (UTF-8).

    Columns: {",".join(COLUMNS)}. Codes decide who is who, so that the same
    file may be loaded again; rows may stand in any order. With one error
    nothing at all is changed.
    """
    report = importing.Report
    bring_in = staticmethod(importing.import_units)
    counts = _("%(created)s created, %(updated)s updated, %(unchanged)s unchanged")
