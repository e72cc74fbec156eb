"""What must always be true of applications and of what was decided about them."""

from django.db.models import F, Q, QuerySet

from applications.models import Application, Attachment, Consent, Draft, Extension, ImportBatch, Merge, Reading
from applications.models.readings import ReadingMark
from applications.states import Status
from portal.invariants import always


@always("An application is received after it was begun.")
def applications_received_too_early() -> QuerySet:
    return Application.objects.filter(submitted_at__lt=F("begun_at"))


@always("An application is changed after it was received.")
def applications_changed_too_early() -> QuerySet:
    return Application.objects.filter(changed_at__lt=F("submitted_at"))


@always("An application that is merged says into which, and no other does.")
def applications_merged_into_nothing() -> QuerySet:
    merged = Q(status=Status.MERGED)
    return Application.objects.filter(merged & Q(merged_into=None) | ~merged & Q(merged_into__isnull=False))


@always("Nothing is merged into itself or into another drive.")
def applications_merged_elsewhere() -> QuerySet:
    elsewhere = Q(merged_into=F("pk")) | ~Q(merged_into__drive=F("drive"))
    return Application.objects.filter(elsewhere, merged_into__isnull=False)


@always("Whoever is appointed is a person whom the office knows.")
def applications_appointed_without_a_person() -> QuerySet:
    return Application.objects.filter(status=Status.APPOINTED, person=None, erased_at=None)


@always("A decision in pencil says who made it and when.")
def applications_pencilled_by_nobody() -> QuerySet:
    return Application.objects.exclude(pencilled="").filter(Q(pencilled_by=None) | Q(pencilled_at=None))


@always("A subject of writing belongs to the drive.")
def applications_with_anothers_subject() -> QuerySet:
    return Application.objects.filter(prompt__isnull=False).exclude(prompt__drive=F("drive"))


@always("A label belongs to the drive.")
def applications_with_anothers_label() -> QuerySet:
    labels = Application.tags.through.objects
    return labels.exclude(tag__drive=F("application__drive"))


@always("A draft became an application of its own drive.")
def drafts_sent_elsewhere() -> QuerySet:
    return Draft.objects.filter(submitted_as__isnull=False).exclude(submitted_as__drive=F("drive"))


@always("A file answers a question of its drive.")
def files_of_other_drives() -> QuerySet:
    return Attachment.objects.filter(application__isnull=False).exclude(question__drive=F("application__drive"))


@always("A consent that was taken back with the application stands no more.")
def consents_that_outlive_the_application() -> QuerySet:
    return Consent.objects.filter(withdrawn_at=None, application__consent_ended_at__isnull=False)


@always("An application is read after it was given.")
def readings_before_they_were_given() -> QuerySet:
    return Reading.objects.filter(read_at__lt=F("given_at"))


@always("A reader marks what the drive asks for.")
def marks_of_other_drives() -> QuerySet:
    return ReadingMark.objects.exclude(criterion__drive=F("reading__application__drive"))


@always("A merge joins two of one drive, and is undone after it was agreed to.")
def merges_across_drives() -> QuerySet:
    return Merge.objects.filter(~Q(kept__drive=F("folded__drive")) | Q(undone_at__lt=F("agreed_at")))


@always("More time is agreed to after it was proposed.")
def extensions_agreed_too_early() -> QuerySet:
    return Extension.objects.filter(agreed_at__lt=F("asked_at"))


@always("What was taken back of an import had been taken in.")
def imports_taken_back_too_early() -> QuerySet:
    return ImportBatch.objects.filter(undone_at__lt=F("done_at"))
