"""What each column of a file holds: guessed from its heading in Hindi or English, then chosen by a person."""

import re
import unicodedata
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils import get_column_letter

from applications.models import Drive, Question
from applications.models.questions import QuestionKind
from portal import names


class Column(models.TextChoices):
    """Where an answer goes."""

    KEEP = "keep", gettext_lazy("keep it with the application, under its heading")
    OUT = "out", gettext_lazy("leave it out")
    WHEN = "when", gettext_lazy("time of the answer")
    NAME = "name", gettext_lazy("full name")
    PHONE = "phone", gettext_lazy("mobile number")
    WHATSAPP = "whatsapp", gettext_lazy("WhatsApp number, or yes or no")
    DISTRICT = "district", gettext_lazy("district")
    ASSEMBLY = "assembly", gettext_lazy("assembly constituency")
    BLOCK = "block", gettext_lazy("block")
    MANDAL = "mandal", gettext_lazy("mandal")
    BOOTH = "booth", gettext_lazy("village, ward or booth")
    BIRTH = "birth", gettext_lazy("year or date of birth")
    AGE = "age", gettext_lazy("age")
    GENDER = "gender", gettext_lazy("gender")
    GROUP = "group", gettext_lazy("social group")
    EDUCATION = "education", gettext_lazy("education")
    SINCE = "since", gettext_lazy("with the party since")
    ROLES = "roles", gettext_lazy("roles so far")
    WORK = "work", gettext_lazy("work done")
    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    X = "x", "X"
    YOUTUBE = "youtube", "YouTube"
    LINK = "link", gettext_lazy("social media link")
    FOLLOWERS = "followers", gettext_lazy("followers")
    WRITING = "writing", gettext_lazy("writing sample")
    COME = "come", gettext_lazy("can come on the interview day")
    SERVE = "serve", gettext_lazy("level to serve at")
    CONSENT = "consent", gettext_lazy("consent")


C = Column
LINKS = {C.FACEBOOK: "Facebook", C.INSTAGRAM: "Instagram", C.X: "X", C.YOUTUBE: "YouTube", C.LINK: ""}
PLACES = [C.DISTRICT, C.ASSEMBLY, C.BLOCK, C.MANDAL, C.BOOTH]
ONLY_WHERE_ASKED = {C.GENDER, C.GROUP}
MANY = {C.KEEP, C.OUT, C.WORK, *LINKS}  # what several columns may hold

# Not held here, whatever a form asked (architecture.md §9).
NEVER = "aadhaar,aadhar,=adhar,uidai|voter id,epic no|pan card,pan no,pan number|religion|bank acc|ifsc|income|salary"
NEVER += "|आधार कार्ड,आधार न,आधार सं|मतदाता पहचान,वोटर आईडी,वोटर कार्ड|पैन कार्ड,पैन न|धर्म|बैंक खाता,खाता संख्या|वार्षिक आय"
RELATIVES = "पिता,पति,माता,पत्नी,father,husband,mother,spouse,guardian,wife,परिवार"

# The first rule with one of these words in the heading decides. "=word": the word stands alone.
RULES: list[tuple[str, str]] = [
    ("", RELATIVES),
    (C.WHEN, "टाइमस्टैम्प,टाइमस्टाम्प,timestamp,time stamp,submitted at,date and time,दिनांक और समय,दिनांक व समय,=समय"),
    (C.CONSENT, "सहमति,सहमत,consent,i agree,=agree,घोषणा,declaration"),
    (C.BIRTH, "जन्म,birth,=dob,d o b"),
    (C.AGE, "=आयु,=उम्र,=age"),
    (C.WHATSAPP, "whatsapp,whats app,व्हाट,वॉट्स,वाट्स,व्हॉट"),
    (C.PHONE, "मोबाइल,मोबाईल,फोन,phone,mobile,contact n,=contact,संपर्क न,संपर्क सं,सम्पर्क,दूरभाष"),
    (C.FOLLOWERS, "follower,फॉलोअर,फॉलोवर,फोलोअर,फोलोवर,अनुयायी,subscriber,सब्सक्राइबर"),
    (C.FACEBOOK, "facebook,फेसबुक,=fb"),
    (C.INSTAGRAM, "insta,इंस्टा,इन्स्टा"),
    (C.X, "twitter,ट्विटर,ट्वीटर,=x,=एक्स"),
    (C.YOUTUBE, "youtube,यूट्यूब"),
    (C.LINK, "social media,सोशल मीडिया,profile link,=links,=link,=लिंक"),
    (C.SERVE, "किस स्तर,स्तर पर,which level,level to serve"),
    (C.COME, "साक्षात्कार,इंटरव्यू,interview"),
    (C.ROLES, "पद,दायित्व,जिम्मेदारी,role,post held,position,responsibilit"),
    (C.ASSEMBLY, "विधानसभा,विधान सभा,assembly,constituency,vidhansabha,vidhan sabha"),
    (C.DISTRICT, "जिला,जिले,district,=zila,=jila"),
    (C.BLOCK, "ब्लॉक,ब्लाक,block"),
    (C.MANDAL, "मंडल,मण्डल,mandal"),
    (C.BOOTH, "बूथ,booth,गांव,ग्राम,village,वार्ड,=ward,भाग संख्या,part n"),
    (C.GENDER, "=लिंग,gender,=sex"),
    (C.GROUP, "जाति,=वर्ग,सामाजिक वर्ग,category,caste,social group"),
    (C.EDUCATION, "शिक्षा,शैक्षणिक,शैक्षिक,योग्यता,education,qualification"),
    (C.SINCE, "कब से,कितने समय से,कितने वर्ष,कितने साल,since,how long"),
    (C.WRITING, "लेखन,नमूना,writing,sample,=लेख,शब्दों में लिख"),
    (C.WORK, "कार्य,काम,अनुभव,work,experience,activit"),
    (C.NAME, "नाम,name"),
]  # fmt: skip


def letter(index: int) -> str:
    """The column as a spreadsheet calls it: A, B … AA."""
    return get_column_letter(index + 1)


def called(index: int, headings: list[str]) -> str:
    """The column for a report: ``C (मोबाइल नंबर)``."""
    heading = names.clean(headings[index])
    return f"{letter(index)} ({heading[:60]})" if heading else letter(index)


def known(cells: Iterable[str]) -> set[str]:
    """What the headings in a row of cells are known to mean."""
    return {meant for cell in cells if len(cell) < 200 and (meant := _meant(_plain(cell)))}


def is_forbidden(heading: str) -> bool:
    """Numbers and facts that the organisation does not hold."""
    return any(_has(_plain(heading), words) for words in NEVER.split("|"))


def choices(drive: Drive) -> list[tuple[str, str]]:
    """What a person may choose for a column of this drive's file."""
    fixed = [
        (str(column.value), str(column.label))
        for column in Column
        if drive.asks_representation or column not in ONLY_WHERE_ASKED
    ]
    return fixed + [(key, question.label) for key, question in questions(drive).items()]


def questions(drive: Drive) -> dict[str, Question]:
    """The drive's own questions that a cell of text can answer, by what the mapping calls them."""
    asked = Question.objects.filter(drive=drive).exclude(kind=QuestionKind.FILE)
    return {f"q{question.pk}": question for question in asked}


def guess(headings: list[str], drive: Drive) -> dict[str, str]:
    """The likely meaning of each column, by its letter. What nobody knows is kept under its heading."""
    offered = {value for value, _label in choices(drive)}
    own = {_plain(words): key for key, asked in questions(drive).items() for words in (asked.label_hi, asked.label_en)}
    own.pop("", None)
    mapping: dict[str, str] = {}
    for index, heading in enumerate(headings):
        meant = own.get(_plain(heading)) or _meant(_plain(heading)) or str(C.KEEP)
        if is_forbidden(heading) or meant in ONLY_WHERE_ASKED - offered:
            meant = str(C.OUT)
        if meant not in MANY and meant in mapping.values():
            meant = str(C.KEEP)
        mapping[letter(index)] = str(meant)
    if C.PHONE not in mapping.values():  # many forms ask for the WhatsApp number alone
        mapping = {column: str(C.PHONE) if meant == C.WHATSAPP else meant for column, meant in mapping.items()}
    return mapping


def lacking(mapping: dict[str, str], headings: list[str], drive: Drive) -> list[str]:
    """What is wrong with a choice of columns, in sentences; nothing when it will do."""
    meanings = list(mapping.values())
    offered = dict(choices(drive))
    told = []
    if C.NAME not in meanings:
        told.append(_("Choose the column of the full name."))
    if C.PHONE not in meanings:
        told.append(_("Choose the column of the mobile number."))
    if not {str(C.BIRTH), str(C.AGE)} & set(meanings):
        told.append(_("Choose the column of the birth year or the age: nobody under 18 may be taken in."))
    for meant in dict.fromkeys(meanings):
        if meant not in offered:
            told.append(_("“%(word)s” is no place for a column.") % {"word": meant[:40]})
        elif meant not in MANY and meanings.count(meant) > 1:
            told.append(_("“%(label)s” is chosen for two columns. Choose one.") % {"label": offered[meant]})
    for index, heading in enumerate(headings):
        if is_forbidden(heading) and mapping.get(letter(index)) not in (None, C.OUT):
            told.append(_("Column %(column)s is not held here. Leave it out.") % {"column": called(index, headings)})
    return told


def _meant(heading: str) -> str:
    for meant, words in RULES:
        if heading and _has(heading, words):
            return str(meant)
    return ""


def _has(heading: str, words: str) -> bool:
    padded = f" {heading} "
    return any(
        f" {_plain(word)} " in padded if word.startswith("=") else _plain(word) in heading for word in words.split(",")
    )


def _plain(text: str) -> str:
    """Small letters without nukta and signs; chandrabindu as anusvara: ज़िला and जिला are one."""
    bare = unicodedata.normalize("NFD", names.clean(text).casefold()).replace("\u093c", "").replace("\u0901", "\u0902")
    return " ".join(re.sub(r"[^\w\u0900-\u0963\u0970-\u097f]+", " ", bare).split())
