"""What each field holds, and how long it is kept. A field without a class fails a test.

Classes: *plain* says nothing about a person; *personal* names or reaches one;
*sensitive* could hurt one (group, opinion, marks); *secret* opens a door and
is never shown. Relations, keys and computed columns need no class of their
own. The eraser reads this table; a rule is (what starts the clock, days).
"""

from enum import StrEnum
from typing import NamedTuple

from django.apps import apps

OUR_APPS = ["portal", "committees", "applications", "interviews", "training"]


class Kind(StrEnum):
    PLAIN = "plain"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    SECRET = "secret"


class Keep(NamedTuple):
    """How long rows of a table keep their personal values."""

    since: str
    days: int | None  # None: as long as the thing stands


class Table(NamedTuple):
    """One table: how long, and which fields are which. What is not named in a class is missing."""

    keep: Keep
    plain: str = ""
    personal: str = ""
    sensitive: str = ""
    secret: str = ""

    def kind_of(self, field):
        """The class of a field, ``None`` when somebody forgot it."""
        return next((kind for kind in Kind if field in getattr(self, kind).split()), None)


STANDS = Keep("as long as it stands", None)
YEAR_AFTER_RESULT = Keep("the drive's result", 366)
WITH_PERSON = Keep("the person's last appointment or application", 366)
LOG = Keep("the log names nobody; it stands", None)

COUNTS = "level units formed proposed empty headless seats filled accepted women men young middle old"

TABLES = {
    "portal.person": Table(
        WITH_PERSON,
        plain="share language created_at erased_at",
        personal="name name_key phone email birth_year",
        sensitive="gender",
        secret="link_key",
    ),
    "portal.user": Table(WITH_PERSON, plain="is_active created_at last_login", personal="phone", secret="password"),
    "portal.phonecode": Table(
        Keep("sending", 1), plain="tries sent_at used_at", personal="phone", secret="session digest"
    ),
    "portal.notice": Table(
        Keep("sending", 366),
        plain="key channel language template due_at useful_until status claimed_at claim tries sent_at reference error "
        "urgency reach delivered_at parts cost dlt_id",
        personal="phone email spare_email context",
    ),
    "portal.noticetemplate": Table(
        STANDS,
        plain="template language number subject text dlt_id registered is_trial made_at approved_at ended_at",
    ),
    "portal.hold": Table(STANDS, plain="template reason held_at ended_at"),
    "portal.token": Table(
        Keep("its end", 366), plain="name scopes made_at expires_at used_at ended_at", secret="digest"
    ),
    "portal.document": Table(
        STANDS,
        plain="code kind title place issued_at valid_until revoked_at revoked_reason",
        personal="holder printed",
    ),
    "portal.breakglass": Table(STANDS, plain="reason asked_at agreed_at until ended_at"),
    "portal.pulse": Table(STANDS, plain="name at note"),
    "portal.datarequest": Table(
        Keep("the answer", 366),
        plain="number kind status thing language field asked_at due_on legal_by first_at answered_at",
        personal="phone",
        sensitive="old new words answer",
    ),
    "portal.nominee": Table(WITH_PERSON, plain="thing named_at", personal="name phone"),
    "portal.sealed": Table(Keep("sealing", 366), plain="kind thing sealed_at destroy_on", secret="box"),
    "portal.quiet": Table(STANDS, plain="since", secret="digest"),
    "portal.event": Table(LOG, plain="at verb kind thing data"),
    "portal.job": Table(  # what was asked for, a searched name perhaps, is emptied after ``jobs.KEPT``
        Keep("asking", 30),
        plain="kind title asked_at right reach needs_second agreed_at total done claim claimed_at finished_at "
        "error outcome file_name media_type",
        personal="settings",
        secret="key",
    ),
    "portal.jobpart": Table(Keep("asking", 30), plain="number", sensitive="content"),
    "portal.organisation": Table(
        STANDS,
        plain="name_hi name_en brand on_brand strong tint logo help_phone help_whatsapp help_hours_hi help_hours_en "
        "office_hi office_en signs_hi signs_en printer_line shows_committees sms_paise quiet_from quiet_until",
        personal="grievance_name grievance_phone grievance_email",
    ),
    "committees.unit": Table(
        STANDS, plain="level code slug path number name_hi name_en aliases pin key valid_from valid_to"
    ),
    "committees.post": Table(
        STANDS, plain="code level name_hi name_en role seats_per_unit most exclusive in_committee order"
    ),
    "committees.seat": Table(STANDS, plain="number closed_on"),
    "committees.appointment": Table(
        WITH_PERSON,
        plain="since until term_ends form_by accepted_at shown_at only_one lent_rights lent_seats",
        sensitive="ended_because ended_how",
    ),
    "committees.sanction": Table(STANDS, plain="seats most at"),
    "committees.norm": Table(STANDS, plain="level group percent"),
    "committees.proposal": Table(
        STANDS,
        plain="purpose status number needs_second term_ends form_by made_at sent_at decided_at returned_because "
        "override_reason published_at version",
    ),
    "committees.nomination": Table(
        WITH_PERSON,
        plain="is_locked asked_at says_yes answered_at made_at",
        sensitive="note reasons returned_because no_because",
    ),
    "committees.ending": Table(
        WITH_PERSON,
        plain="kind needs_second asked_at reply_by replied_at decided_at agreed",
        sensitive="reason reply",
    ),
    "committees.plan": Table(
        STANDS, plain="key kind steps file_name effective_on made_at applied_at undo undo_asked_at undone_at dropped_at"
    ),
    "committees.unitchange": Table(STANDS, plain="kind on at before after"),
    "committees.oldaddress": Table(STANDS, plain="path left_at"),
    "committees.tally": Table(STANDS, plain=f"{COUNTS} counted_at last_act_at"),
    "committees.weeklytally": Table(STANDS, plain=f"{COUNTS} week"),
    "committees.visit": Table(WITH_PERSON, plain="key on place met made_at", sensitive="note"),
    "committees.visitphoto": Table(WITH_PERSON, plain="width height made_at", personal="image small"),
    "committees.thread": Table(STANDS, plain="asked_at seen_at closed_at"),
    "committees.threadline": Table(WITH_PERSON, plain="key from_office made_at", sensitive="words"),
    "committees.broadcast": Table(
        STANDS,
        plain="key number audience carriers levels link picture is_urgent wants_reply goes_at valid_until made_at "
        "approved_at carried_at looked_at joined recalled_at recalled_because",
    ),
    "committees.broadcasttext": Table(STANDS, plain="number text made_at approved_at"),
    "committees.relay": Table(
        WITH_PERSON,
        plain="level stands_in code told_at opened_at acknowledged_at passed_on_at reminded_at escalated_at "
        "replied_at clicks",
        sensitive="reply",
        secret="link_key",
    ),
    "committees.relaytally": Table(
        STANDS, plain="level units told opened acknowledged passed_on clicks half_after counted_at"
    ),
    "committees.silence": Table(STANDS, plain="starts_at ends_at reason made_at ended_at"),
    "committees.fakereport": Table(
        Keep("the report", 366), plain="code at seen_at finding", personal="phone", sensitive="words"
    ),
    "applications.drive": Table(
        STANDS,
        plain="slug title_hi title_en purpose_hi purpose_en opens_at closes_at interview_on interview_place_hi "
        "interview_place_en result_on training_on interviews asks_representation serve_at signed_hi signed_en "
        "least_shares reads_blind readers_each interview_map ranks_by rubric_locked_at",
    ),
    "applications.steptext": Table(STANDS, plain="step is_on title_hi title_en lead_hi lead_en"),
    "applications.question": Table(
        STANDS,
        plain="step order kind label_hi label_en hint_hi hint_en options_hi options_en is_needed least most "
        "shown_value is_for_panel",
    ),
    "applications.attachment": Table(
        YEAR_AFTER_RESULT, plain="media_type made_at", personal="name", sensitive="content"
    ),
    "applications.extension": Table(STANDS, plain="was closes_at reason asked_at agreed_at dropped_at"),
    "applications.reading": Table(YEAR_AFTER_RESULT, plain="given_at read_at", sensitive="note"),
    "applications.readingmark": Table(YEAR_AFTER_RESULT, sensitive="mark"),
    "applications.tag": Table(STANDS, plain="name"),
    # A kept view never holds the words searched for: ``sieving.keep`` drops them.
    "applications.savedfilter": Table(STANDS, plain="name made_at", personal="query"),
    "applications.merge": Table(
        YEAR_AFTER_RESULT, plain="taken folded_status asked_at agreed_at undone_at", sensitive="before"
    ),
    "applications.notthesame": Table(YEAR_AFTER_RESULT, plain="at"),
    "applications.importbatch": Table(
        YEAR_AFTER_RESULT,
        plain="code file_name mapping created duplicates skipped problems uploaded_at done_at undone_at",
        sensitive="content",
    ),
    "applications.criterion": Table(STANDS, plain="order name_hi name_en weight tie_order is_read"),
    "applications.anchor": Table(STANDS, plain="mark text_hi text_en"),
    "applications.prompt": Table(STANDS, plain="order text_hi text_en"),
    "applications.sharelink": Table(STANDS, plain="code via label made_at paused_at"),
    "applications.scan": Table(STANDS, plain="day hour count devices"),
    "applications.photo": Table(YEAR_AFTER_RESULT, plain="width height made_at", personal="image fingerprint"),
    "applications.draft": Table(
        Keep("the drive's closing", 30),
        plain="language begun_at saved_at",
        personal="phone",
        sensitive="answers",
        secret="key",
    ),
    "applications.consenttext": Table(STANDS, plain="version language body digest since"),
    "applications.consent": Table(YEAR_AFTER_RESULT, plain="purpose given_at withdrawn_at"),
    "applications.application": Table(
        YEAR_AFTER_RESULT,
        plain="ref share on_whatsapp status language begun_at submitted_at in_grace changed_at consent_at "
        "consent_ended_at erased_at wants_messages no_links can_come come_from come_until serve_level considers_below "
        "placed_at pencilled_at",
        personal="name name_key phone place_note birth_year education links followers wishes speaks",
        sensitive="come_note gender social_group since roles work writing extra reason reason_code pencilled "
        "pencilled_code pencilled_reason withdrawn_why",
        secret="link_key",
    ),
    "interviews.interviewday": Table(
        STANDS,
        plain="date starts ends break_starts break_ends slot_minutes gap_minutes place_hi place_en "
        "last_token lot turnout woman_on_panel fill_seed lets_choose choose_until version takes_walk_ins cancelled_at "
        "cancelled_because released_at locked_at frozen_at",
    ),
    "interviews.panel": Table(STANDS, plain="name room date place opens closes"),
    "interviews.panelmember": Table(STANDS, plain="starts_at ends_at speaks told_version told_as comes answered_at"),
    "interviews.pause": Table(STANDS, plain="starts_at ends_at why"),
    "interviews.slot": Table(STANDS, plain="starts_at ends_at"),
    "interviews.board": Table(Keep("expiry", 30), plain="shows_names made_at expires_at revoked_at", secret="key"),
    "interviews.interview": Table(
        YEAR_AFTER_RESULT,
        plain="status token called_version called_for called_at answer answered_at queue_at arrived_at "
        "entered_at left_at skips is_locked placed_because called_place from_at to_at standby standby_called_at "
        "walked_in last_called_at times_called",
        personal="who",
        sensitive="answer_note priority",
    ),
    "interviews.timerequest": Table(
        YEAR_AFTER_RESULT, plain="wished_from wished_until asked_at outcome settled_at", sensitive="why note"
    ),
    "interviews.press": Table(YEAR_AFTER_RESULT, plain="key verb pressed_at received_at answer"),
    "interviews.conflict": Table(YEAR_AFTER_RESULT, plain="kind declared_at", sensitive="reason"),
    "interviews.conflictlift": Table(YEAR_AFTER_RESULT, plain="kind asked_at agreed_at", sensitive="reason why"),
    "interviews.scoresheet": Table(
        YEAR_AFTER_RESULT,
        plain="declared_free_at saved_at saved_key revision submitted_at said_at version agreed_at source checked_at",
        sensitive="note set_aside late_reason why_new",
    ),
    "interviews.score": Table(YEAR_AFTER_RESULT, plain="saved_at", sensitive="mark why_none"),
    "interviews.decision": Table(
        YEAR_AFTER_RESULT, plain="proposed_at approved_at out_of_order place", sensitive="outcome reason words"
    ),
    "interviews.promotion": Table(
        YEAR_AFTER_RESULT, plain="reason proposed_at approved_at dropped_at", sensitive="words"
    ),
    "interviews.offer": Table(YEAR_AFTER_RESULT, plain="sent_at expires_at takes_it answered_at lapsed_at"),
    "interviews.dayreopening": Table(STANDS, plain="reason asked_at agreed_at dropped_at"),
    "interviews.standing": Table(YEAR_AFTER_RESULT, plain="made_at rows digest"),
    "interviews.publicrecord": Table(STANDS, plain="made_at rows digest"),
    "training.workshop": Table(
        STANDS,
        plain="slug level title_hi title_en starts_at ends_at place_hi place_en capacity absent_share "
        "invites_from cancelled_at",
    ),
    "training.enrolment": Table(
        WITH_PERSON, plain="invited_at answer answered_at lapsed_at place_number", secret="link_key"
    ),
    "training.attendance": Table(WITH_PERSON, plain="how marked_at"),
    "training.series": Table(
        STANDS,
        plain="slug subject title_hi title_en about_hi about_en attendance_share quiz_pass valid_months ended_at",
    ),
    "training.session": Table(STANDS, plain="number title_hi title_en starts_at ends_at room", secret="door_key"),
    "training.material": Table(STANDS, plain="title_hi title_en url file_name media_type content size added_at"),
    "training.quizquestion": Table(STANDS, plain="number text_hi text_en"),
    "training.quizchoice": Table(STANDS, plain="number text_hi text_en is_right"),
    "training.quiztry": Table(WITH_PERSON, plain="number at", sensitive="answers score"),
    "training.feedback": Table(WITH_PERSON, plain="at", sensitive="content teaching place words"),
}


def fields_of_our_models():
    """(table, field) for each column of ours that could hold something."""
    for app in OUR_APPS:
        for model in apps.get_app_config(app).get_models(include_auto_created=False):
            for field in model._meta.concrete_fields:
                if not field.is_relation and not field.primary_key:
                    yield model._meta.label_lower, field.name
