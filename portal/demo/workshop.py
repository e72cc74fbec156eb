"""The usual series, and three batches of the first: one is over and certified, one goes on today, one lies ahead."""

from datetime import timedelta

from portal.demo.questions import QUESTIONS
from portal.models import Person
from training.domain import attending, certifying, inviting, opining, planning, quizzing, teaching
from training.domain.quizzing import Choice
from training.domain.sessions import Part
from training.models import Series
from training.models.learning import MOST_TRIES

DAY, HOURS = timedelta(days=1), timedelta(hours=2)
TITLES = [("फ़ोन से वीडियो और पोस्टर", "ब"), ("सुरक्षित खाता और सही समय", "ब")]  # what is taught in which room
SAID = ["फ़ोन पर करके दिखाया, अच्छा लगा।", "समय थोड़ा और मिलता तो अच्छा था।", "", ""]
HERE_TODAY = 5
PASS = 60  # percent right


def tell(world):
    """At the state office, for those who sit on district level; some of those who said yes have come today."""
    series = _series(world)
    over, today = (world.now - 3 * DAY).replace(hour=11), world.now - timedelta(hours=1)
    _teach(world, _planned(world, series, over, seats=8))
    first = _planned(world, series, today, seats=12)
    _planned(world, series, (world.now + 6 * DAY).replace(hour=11), seats=20)
    session, trainer = first.sessions.get(number=1), first.trainers.first().user
    for enrolment in first.enrolments.coming().select_related("workshop").order_by("pk")[:HERE_TODAY]:
        attending.mark(enrolment=enrolment, session=session, by=trainer, now=world.now)


def _series(world):
    """The three usual ones; the first asks for a quiz."""
    begun = world.now - 20 * DAY
    teaching.begin_usual(by=world.office, now=begun)
    series = Series.objects.get(slug="tools")
    teaching.change(series=series, quiz_pass=PASS, by=world.office, now=begun)
    for hindi, english, answers in QUESTIONS:
        choices = [Choice(*answer, number == 0) for number, answer in enumerate(answers)]
        world.random.shuffle(choices)
        quizzing.write(series=series, text_hi=hindi, text_en=english, choices=choices, by=world.office, now=begun)
    return series


def _planned(world, series, starts, *, seats):
    """Planned, invited to, and mostly answered."""
    starts = starts.replace(minute=0, second=0, microsecond=0)
    asked = min(starts - 2 * DAY, world.now - DAY)
    begins = [starts + number * HOURS for number in range(len(TITLES))]
    parts = [
        Part(begin, begin + HOURS, title_hi=title, room=room)
        for begin, (title, room) in zip(begins, TITLES, strict=True)
    ]
    workshop = planning.plan(
        unit=world.state,
        level="district",
        series=series,
        title_hi=series.title_hi,
        title_en=series.title_en,
        parts=parts,
        place_hi="प्रदेश कार्यालय, जयपुर",
        place_en="State office, Jaipur",
        capacity=seats,
        invites_from=starts - 8 * DAY,
        trainers=list(Person.objects.filter(appointments__seat__post__code="trainer")),
        by=world.office,
        now=starts - 9 * DAY,
    )
    inviting.invite_new_members(now=asked)
    for enrolment in workshop.enrolments.order_by("pk"):
        if world.random.random() < 0.9:
            inviting.answer(enrolment=enrolment, coming=world.random.random() < 0.85, now=asked + DAY / 3)
    return workshop


def _teach(world, workshop):
    """Those who said yes came, did the quiz in the last session, mostly with luck, and some said what they think."""
    sessions, trainer = list(workshop.sessions.all()), workshop.trainers.first().user
    for enrolment in workshop.enrolments.coming().select_related("person", "workshop__series").order_by("pk"):
        for session in sessions:
            attending.mark(enrolment=enrolment, session=session, by=trainer, now=session.starts_at)
        if world.random.random() < 0.5:
            marks = {name: world.random.choice([2, 3, 3]) for name in ("content", "teaching", "place")}
            opining.give(enrolment=enrolment, **marks, words=world.random.choice(SAID), now=workshop.ends_at)
        _try_quiz(world, enrolment, workshop.ends_at)
    certifying.issue(workshop=workshop, by=trainer, now=workshop.ends_at + timedelta(hours=1))


def _try_quiz(world, enrolment, now):
    for number in range(1, MOST_TRIES + 1):
        chosen = {}
        for question in quizzing.drawn(enrolment, number):
            choices = sorted(question.choices.all(), key=lambda choice: not choice.is_right)
            chosen[question.pk] = choices[0 if world.random.random() < 0.7 else 1].pk
        if quizzing.hand_in(enrolment=enrolment, number=number, chosen=chosen, now=now).score >= PASS:
            return
