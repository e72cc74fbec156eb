"""People who sit already, from a CSV file: a party that comes with its lists of last year.

One subject a file: ``facts`` what is known of the rows, ``planning`` what would become of each, ``seating`` who sits
then, ``taking`` the file's way through the background, ``undoing`` the way back.
"""

from committees.domain.rosters.facts import Row
from committees.domain.rosters.seating import Report, import_people

__all__ = ["Report", "Row", "import_people"]
