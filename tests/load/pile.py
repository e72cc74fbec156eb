"""Very many applications, each with its receipt: a thousand are written, the database makes copies of them."""

from datetime import timedelta
from random import Random

from django.db import connection
from django.test import Client
from django.utils import timezone

from applications.domain import submitting, telling
from applications.models import Application
from applications.models.answers import new_link_key
from committees.levels import Role
from portal import codes, folding
from portal.demo import people
from portal.models import Notice
from portal.models.notices import NoticeStatus
from tests.factories.desk import Places, a_colleague, a_drive
from tests.factories.form import handed_in

WRITTEN = 1000
COPIED = """
    WITH RECURSIVE numbers(number) AS (
        SELECT CAST({first} AS bigint) UNION ALL SELECT number + 1 FROM numbers WHERE number < {last}
    )
    INSERT INTO {table} ({columns})
    SELECT {values} FROM numbers JOIN {table} ON {table}.id = {oldest} + number % {written}
"""
STEP, SIGNS = 24_036_583_391, 7  # an odd step scatters: near numbers are far apart, and no two the same
SCATTERED = " || ".join(
    f"substr('{codes.ALPHABET}', CAST(1 + number * {STEP} % {32**SIGNS} / {32**place} % 32 AS integer), 1)"
    for place in range(SIGNS)
)
REF = f"{SCATTERED} || 'U'"  # a sign of no number that is drawn
PHONE = "'+91' || (6000000000 + number)"
OWN = {
    Application: {"ref": REF, "phone": PHONE, "link_key": f"{REF} || '-' || {REF}"},
    Notice: {"key": "'receipt:of copy ' || number", "phone": PHONE},
}


class Pile:
    """A drive whose applications are like one that was handed in, spread over four places; each had a receipt."""

    def __init__(self):
        self.now = timezone.now()
        self.places = Places(self.now)
        self.drive = a_drive(self.places.state, self.now - timedelta(hours=1))
        self.office = Client()
        self.colleague, self.second = (
            a_colleague(self.places.state, Role.STATE_OFFICE, self.now, number) for number in (1, 2)
        )
        self.office.force_login(self.colleague, backend="portal.accounts.backend.DoorBackend")
        first = handed_in(self.drive, self.places.booth, self.now)
        Notice.objects.all().delete()
        self.like = {field.name: getattr(first, field.name) for field in Application._meta.concrete_fields[1:]}
        self.names = [one.name for one in people.make(WRITTEN, random=Random(1))]
        self.made, self.oldest = 0, {}

    def grow(self, size):
        """Until there are ``size``, those of other trials among them."""
        missing = size - Application.objects.count()
        write = max(0, min(missing, WRITTEN - self.made))
        self._write(write)
        self._copy(missing - write)
        assert Application.objects.count() == size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _write(self, missing):
        numbered = enumerate(submitting.free_refs(missing), start=self.made)
        made = Application.objects.bulk_create([self._one(number, ref) for number, ref in numbered])
        receipts = Notice.objects.bulk_create([self._receipt(application) for application in made])
        for model, rows in {Application: made, Notice: receipts}.items():
            self.oldest.setdefault(model, rows[0].pk if rows else 0)
        self.made += missing

    def _one(self, number, ref):
        own = {
            "name": self.names[number],
            "name_key": folding.search_key(self.names[number]),
            "ref": ref,
            "phone": f"+91{6_000_000_000 + number}",
            "link_key": new_link_key(),
            "unit": (self.places.booth, self.places.mandal, self.places.ramgarh, self.places.danta)[number % 4],
            "submitted_at": self.now - timedelta(minutes=number),
        }
        return Application(**self.like | own)

    def _receipt(self, application):
        receipt = telling.receipt(application, self.now)
        receipt.status, receipt.sent_at = NoticeStatus.SENT, self.now
        return receipt

    def _copy(self, missing):
        for model in (Application, Notice) if missing else ():
            fields = [field.column for field in model._meta.concrete_fields[1:]]
            said = {
                "table": model._meta.db_table,
                "columns": ", ".join(fields),
                "values": ", ".join(OWN[model].get(column, column) for column in fields),
                "oldest": self.oldest[model],
                "written": WRITTEN,
            }
            with connection.cursor() as cursor:
                cursor.execute(COPIED.format(first=self.made, last=self.made + missing - 1, **said))
        self.made += missing
