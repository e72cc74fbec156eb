"""Why each personal field is held, and who can see it: in the words that the person reads."""

from django.utils.translation import gettext_lazy as _

REACH = _("to reach you and tell you the result")
PLACE = _("to form committees where you live")
AGE = _("to make sure of the age of 18 and to know you")
COUNT = _("to count representation in committees, as numbers only")
JUDGE = _("to judge by the criteria of the drive")
YOURS = _("because you wrote it to us")
RESULT = _("so that you hear what was decided, and why")
KEEP_TYPED = _("so that nothing you typed is lost")
LETTER = _("for the letter and the interview day")
OFFICE = _("because you hold, or held, a post")
SIGN_IN = _("so that you can sign in")
LEARNT = _("to see what you learnt, for the certificate")
MARKS = _("how you were judged; shown once it is decided")
SEARCH = _("made from the above, so that you are found and doubles are noticed")

OF_AREA = _("the state office and the in-charge of your district")
AND_PANEL = _("the state office, the in-charge of your district and the panel")
NUMBERS_ONLY = _("the office, as numbers only; never the panel")
ONLY_YOU = _("only you")
STATE_OFFICE = _("the state office")
EVERYONE = _("whoever checks the letter: name, post and dates")

# table → field → (why, who can see it)
SHOWN = {
    "applications.application": {
        "name": (REACH, AND_PANEL),
        "phone": (REACH, OF_AREA),
        "place_note": (PLACE, AND_PANEL),
        "birth_year": (AGE, OF_AREA),
        "education": (AGE, AND_PANEL),
        "gender": (COUNT, NUMBERS_ONLY),
        "social_group": (COUNT, NUMBERS_ONLY),
        "since": (JUDGE, AND_PANEL),
        "roles": (JUDGE, AND_PANEL),
        "work": (JUDGE, AND_PANEL),
        "links": (JUDGE, AND_PANEL),
        "followers": (JUDGE, AND_PANEL),
        "wishes": (JUDGE, AND_PANEL),
        "speaks": (LETTER, AND_PANEL),
        "come_note": (LETTER, STATE_OFFICE),
        "writing": (JUDGE, AND_PANEL),
        "extra": (JUDGE, AND_PANEL),
        "reason_code": (RESULT, OF_AREA),
        "reason": (RESULT, OF_AREA),
        "withdrawn_why": (YOURS, OF_AREA),
        "name_key": (SEARCH, OF_AREA),
    },
    "applications.photo": {"image": (LETTER, AND_PANEL), "fingerprint": (SEARCH, STATE_OFFICE)},
    "applications.attachment": {"name": (JUDGE, AND_PANEL), "content": (JUDGE, AND_PANEL)},
    "applications.draft": {"phone": (KEEP_TYPED, ONLY_YOU), "answers": (KEEP_TYPED, ONLY_YOU)},
    "applications.reading": {"note": (MARKS, OF_AREA)},
    "applications.readingmark": {"mark": (MARKS, OF_AREA)},
    "applications.merge": {"before": (SEARCH, STATE_OFFICE)},
    "interviews.interview": {"answer_note": (YOURS, STATE_OFFICE), "priority": (LETTER, STATE_OFFICE)},
    "interviews.timerequest": {"note": (YOURS, STATE_OFFICE), "why": (YOURS, STATE_OFFICE)},
    "interviews.scoresheet": {
        "note": (MARKS, STATE_OFFICE),
        "set_aside": (MARKS, STATE_OFFICE),
        "late_reason": (MARKS, STATE_OFFICE),
        "why_new": (MARKS, STATE_OFFICE),
    },
    "interviews.promotion": {"words": (RESULT, STATE_OFFICE)},
    "interviews.score": {"mark": (MARKS, STATE_OFFICE), "why_none": (MARKS, STATE_OFFICE)},
    "interviews.decision": {
        "outcome": (RESULT, STATE_OFFICE),
        "reason": (RESULT, STATE_OFFICE),
        "words": (RESULT, STATE_OFFICE),
    },
    "portal.person": {
        "name": (OFFICE, OF_AREA),
        "phone": (OFFICE, OF_AREA),
        "email": (OFFICE, OF_AREA),
        "birth_year": (AGE, STATE_OFFICE),
        "gender": (COUNT, NUMBERS_ONLY),
        "name_key": (SEARCH, OF_AREA),
    },
    "portal.user": {"phone": (SIGN_IN, STATE_OFFICE)},
    "portal.document": {"holder": (OFFICE, EVERYONE), "printed": (OFFICE, EVERYONE)},
    "committees.appointment": {"ended_because": (OFFICE, OF_AREA), "ended_how": (OFFICE, OF_AREA)},
    "committees.nomination": {
        "note": (OFFICE, OF_AREA),
        "reasons": (OFFICE, STATE_OFFICE),
        "returned_because": (OFFICE, OF_AREA),
        "no_because": (YOURS, OF_AREA),
    },
    "committees.ending": {"reason": (OFFICE, OF_AREA), "reply": (YOURS, OF_AREA)},
    "committees.visit": {"note": (YOURS, OF_AREA)},
    "committees.visitphoto": {"image": (YOURS, OF_AREA)},
    "committees.threadline": {"words": (YOURS, OF_AREA)},
    "committees.relay": {"reply": (YOURS, OF_AREA)},
    "training.feedback": {
        "content": (YOURS, STATE_OFFICE),
        "teaching": (YOURS, STATE_OFFICE),
        "place": (YOURS, STATE_OFFICE),
        "words": (YOURS, STATE_OFFICE),
    },
    "training.quiztry": {"answers": (LEARNT, STATE_OFFICE), "score": (LEARNT, STATE_OFFICE)},
    "portal.nominee": {"name": (YOURS, STATE_OFFICE), "phone": (YOURS, STATE_OFFICE)},
}
WHEN_DECIDED = {
    "applications.reading",
    "applications.readingmark",
    "interviews.scoresheet",
    "interviews.score",
    "interviews.decision",
}
# Personal, and not a line of its own on the page, with the reason.
ELSEWHERE = {
    "applications.application": {
        "pencilled": "not decided until it is published",
        "pencilled_code": "not decided until it is published",
        "pencilled_reason": "not decided until it is published",
    },
    "applications.importbatch": {"content": "a file before its rows are anybody's; emptied when they are taken in"},
    "applications.savedfilter": {
        "query": "filters without the words searched for; older ones are erased with the name"
    },
    "committees.fakereport": {
        "phone": "who reports a fake may leave a number; gone a year after the finding",
        "words": "about a paper, not about who reports it",
    },
    "committees.visitphoto": {"small": "the photo again, for lists"},
    "interviews.conflict": {"reason": "what a panel member said of themselves"},
    "interviews.conflictlift": {"reason": "what a panel member said of themselves", "why": "about a panel member"},
    "interviews.interview": {"who": "the number again, so that nobody has two times at once"},
    "portal.datarequest": {
        "phone": "in the list of requests",
        "old": "in the list of requests",
        "new": "in the list of requests",
        "words": "in the list of requests",
        "answer": "in the list of requests",
    },
    "portal.job": {"settings": "what a colleague asked for; emptied seven days after it is done"},
    "portal.jobpart": {"content": "a list a colleague asked for; gone after seven days, and when anyone is erased"},
    "portal.notice": {
        "phone": "in the list of messages",
        "email": "in the list of messages",
        "spare_email": "in the list of messages",
        "context": "in the list of messages",
    },
    "portal.organisation": {
        "grievance_name": "the office's own",
        "grievance_phone": "the office's own",
        "grievance_email": "the office's own",
    },
    "portal.phonecode": {"phone": "gone after a day"},
}
LABELS = {"name_key": _("search key"), "fingerprint": _("sign of the photo"), "phone": _("mobile number")}
LOOKS = {  # verbs of the log by which somebody saw a person's data
    "opened the application": _("read the application"),
    "read the number": _("read the mobile number"),
    "exported": _("took it out in a list"),
    "printed": _("printed it on paper"),
    "took along on a phone": _("took it along on a phone for the interview day"),
}
