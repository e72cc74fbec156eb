"""The world of the desk: a small tree, a drive, people who applied, colleagues with posts."""

from datetime import timedelta

from applications import consent
from applications.domain import consenting, driving
from applications.models import Application
from committees.domain import tree
from committees.levels import Level, Role
from committees.models import Appointment, Post, Seat
from portal import codes, folding
from portal.models import Person, User

NAMES = ["सुनीता मीणा", "रमेश चौधरी", "आसिफ़ ख़ान", "कविता शर्मा", "मोहन लाल"]


class Places:
    """Rajasthan with two districts, an assembly in each, and a booth of the first."""

    def __init__(self, now):
        def unit(level, parent, code, hindi, english, **facts):
            return tree.add_unit(
                level=level, parent=parent, code=code, name_hi=hindi, name_en=english, by=None, now=now, **facts
            )

        self.state = unit(Level.STATE, None, "RJ", "राजस्थान", "Rajasthan")
        self.sikar = unit(Level.DISTRICT, self.state, "RJ-SIK", "सीकर", "Sikar")
        self.alwar = unit(Level.DISTRICT, self.state, "RJ-ALW", "अलवर", "Alwar")
        self.danta = unit(Level.ASSEMBLY, self.sikar, "RJ-34", "दांतारामगढ़", "Danta Ramgarh", number=34)
        self.ramgarh = unit(Level.ASSEMBLY, self.alwar, "RJ-66", "रामगढ़", "Ramgarh", number=66)
        self.block = unit(Level.BLOCK, self.danta, "RJ-34-B1", "रींगस", "Reengus")
        self.mandal = unit(Level.MANDAL, self.block, "RJ-34-B1-M1", "पलसाना", "Palsana")
        self.booth = unit(Level.BOOTH, self.mandal, "RJ-34-112", "बूथ 112", "Booth 112", number=112)


def a_drive(unit, now, slug="pradesh-2025", **details):
    return driving.open_drive(
        unit=unit,
        slug=slug,
        title_hi="प्रदेश सोशल मीडिया टीम",
        title_en="State social media team",
        purpose_hi="गाँव-गाँव की आवाज़ बनने वाले साथी",
        opens_at=details.pop("opens_at", now - timedelta(days=5)),
        closes_at=details.pop("closes_at", now + timedelta(days=5)),
        by=None,
        now=now,
        **details,
    )


def an_application(drive, unit, now, number=0, **fields):
    """Someone who handed in; ``number`` makes the phone and chooses the name."""
    name = fields.pop("name", NAMES[number % len(NAMES)])
    values = {
        "name": name,
        "name_key": folding.search_key(name),
        "phone": f"+9198290{number:05}",
        "birth_year": 1995,
        "since": "2-5",
        "work": "बूथ की बैठकें",
        "writing": "हमारे गाँव में पानी की समस्या है।",
        "ref": codes.new(8),
        "begun_at": now,
        "submitted_at": now + timedelta(seconds=number),
        "changed_at": now + timedelta(seconds=number),
        "consent_text": consenting.text(version=consent.version(), language="hi", now=now),
        "consent_at": now,
    }
    application = Application.objects.create(drive=drive, unit=unit, **(values | fields))
    consenting.record(applications=[application], now=now)
    return application


def a_colleague(unit, role, now, number=1, name="विमला देवी"):
    """Someone who signs in and holds a post with this role at the unit."""
    person = Person.objects.create(
        name=name, name_key=folding.search_key(name), phone=f"+9197000{number:05}", created_at=now
    )
    user = User(person=person, phone=person.phone, created_at=now)
    user.set_unusable_password()
    user.save()
    post, _new = Post.objects.get_or_create(
        code=f"{role}-{unit.level}",
        defaults={"level": unit.level, "name_hi": Role(role).label, "name_en": str(role), "role": role},
    )
    seat = Seat.objects.create(unit=unit, post=post, number=number)
    Appointment.objects.create(seat=seat, person=person, since=now - timedelta(days=1), accepted_at=now)
    return user
