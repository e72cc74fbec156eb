"""People who sit already, from a CSV file."""

from django.utils.translation import gettext_lazy as _

from committees.domain import rosters
from committees.management.filing import FileCommand
from committees.rosterfile import ROSTER


class Command(FileCommand):
    help = f"""Seat the people of a CSV file (UTF-8) in their committees.

    Columns: {",".join(ROSTER.columns)}; needed: {",".join(ROSTER.needed)}. Who sits there already
    stays, so that the same file may be loaded again. With one error nobody is
    seated. Nobody is told, and nobody counts as having accepted.
    """
    report = rosters.Report
    bring_in = staticmethod(rosters.import_people)
    counts = _("%(new)s seated, %(there)s there already")
