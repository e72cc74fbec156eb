"""People in and out of the admin, as spreadsheets."""

from django.utils import timezone
from django.utils.translation import gettext as _
from import_export import fields, resources

from portal import people, phones
from portal.models import Person
from portal.spreadsheets import harmless


class PersonResource(resources.ModelResource):
    """Each row becomes known by ``people.know``: a second import of the same file adds nobody.

    What goes out has masked phones; full ones leave the house only from the
    desk, where a file says who took it.
    """

    masked = fields.Field(column_name="phone")

    class Meta:
        model = Person
        fields = ["name", "phone", "share", "email", "birth_year", "language"]
        import_order = fields
        export_order = ["name", "masked", "share", "birth_year", "language"]
        import_id_fields = ["phone", "share"]
        use_transactions = True
        skip_unchanged = False
        clean_model_instances = False

    def get_export_fields(self, selected_fields=None):
        return [self.fields[name] for name in self._meta.export_order]

    def get_import_fields(self):
        return [self.fields[name] for name in self._meta.import_order]

    def dehydrate_masked(self, person):
        return phones.masked(person.phone)

    def dehydrate_name(self, person):
        return harmless(person.name)

    def before_import_row(self, row, **kwargs):
        """One spelling for phones and an own person unless a family member is named."""
        row["share"] = row.get("share") or 0
        row["language"] = row.get("language") or "hi"
        row["email"] = row.get("email") or ""
        row["birth_year"] = row.get("birth_year") or None
        try:
            row["phone"] = phones.normalise(str(row.get("phone") or ""))
        except phones.BadPhone:
            raise ValueError(_("A mobile number has 10 digits and begins with 6, 7, 8 or 9.")) from None

    def do_instance_save(self, instance, is_create):
        """The one way a person becomes known."""
        try:
            known = people.know(
                phone=instance.phone,
                name=instance.name,
                share=instance.share,
                email=instance.email,
                birth_year=instance.birth_year,
                language=instance.language,
                now=timezone.now(),
            )
        except people.AnotherName as taken:
            told = _("This number is known under the name %(name)s. Give a share from 1 to 3 for a family member.")
            raise ValueError(told % {"name": taken.person.name}) from None
        instance.pk = known.pk
