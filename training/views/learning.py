"""What a person does on the way to the certificate, by the personal link: the quiz, an opinion, the picture."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal import documents
from training import handouts, rule
from training.domain import opining, quizzing
from training.forms.feedback import FeedbackForm
from training.forms.quiz import TryForm
from training.models import Enrolment, Feedback
from training.models.learning import MOST_TRIES


def context_of(enrolment, now):
    """What the personal page shows of learning: how far one is, what is open now, what to take along."""
    standing = rule.standing_of(enrolment, now)
    return {
        "standing": standing,
        "may_try": standing.may_try(now) and (enrolment.answer == "yes" or standing.there > 0),
        "materials": handouts.of(enrolment.workshop),
    }


@login_not_required
@never_cache
def quiz(request, link_key):
    """All questions of one try on one page; after it, what was wrong."""
    enrolment, now = _load(link_key), timezone.now()
    try:
        number = quizzing.next_try(enrolment, now)
        questions = quizzing.drawn(enrolment, number)
    except (quizzing.NoQuiz, quizzing.NotTaught):
        raise Http404 from None
    except quizzing.NotYet:
        messages.warning(request, _("The quiz opens when the last session begins."))
        return redirect("training:rsvp", link_key)
    except quizzing.NoMoreTries:
        return redirect("training:quiz-result", link_key)
    form = TryForm(request.POST or None, questions=questions, number=number)
    if form.is_bound and form.data.get("number") != str(number):  # this try was handed in a moment ago
        return redirect("training:quiz-result", link_key)
    if form.is_valid():
        try:
            quizzing.hand_in(enrolment=enrolment, number=number, chosen=form.chosen, now=now)
        except (quizzing.Unanswered, quizzing.TriedAlready):  # the questions changed, or a second finger was quicker
            messages.warning(request, _("This try was already handed in, or its questions have changed."))
        return redirect("training:quiz-result", link_key)
    context = {"enrolment": enrolment, "form": form, "number": number, "most": MOST_TRIES}
    return TemplateResponse(request, "training/try.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_safe
def result(request, link_key):
    """What came of the last try, question by question."""
    enrolment, now = _load(link_key), timezone.now()
    last = enrolment.tries.order_by("-number").first()
    if last is None:
        return redirect("training:quiz", link_key)
    asked = enrolment.workshop.series.questions.filter(pk__in=last.answers).prefetch_related("choices")
    questions = list(asked)
    missed = {question.pk for question in quizzing.wrong(questions, last.answers)}
    context = {
        "enrolment": enrolment,
        "last": last,
        "standing": rule.standing_of(enrolment, now),
        "answers": [(question, question.pk in missed) for question in questions],
        "now": now,
    }
    context["may_try"] = context["standing"].may_try(now)
    return TemplateResponse(request, "training/quiz_result.html", context)


@login_not_required
@never_cache
def feedback(request, link_key):
    """Three taps and a line, from who was there."""
    enrolment = _load(link_key)
    said = Feedback.objects.filter(enrolment=enrolment).first()
    start = {name: getattr(said, name) for name in ("content", "teaching", "place", "words")} if said else {}
    form = FeedbackForm(request.POST or None, initial=start)
    if not enrolment.present:
        raise Http404
    if said and enrolment.certificate_id:
        messages.success(request, _("Your opinion was noted. Thank you."))
        return redirect("training:rsvp", link_key)
    if form.is_valid():
        try:
            opining.give(enrolment=enrolment, **form.cleaned_data, now=timezone.now())
        except opining.Settled:
            messages.warning(request, _("The certificate is out: your opinion stays as it was."))
        else:
            messages.success(request, _("Your opinion was noted. Thank you."))
        return redirect("training:rsvp", link_key)
    context = {"enrolment": enrolment, "form": form}
    return TemplateResponse(request, "training/feedback.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_safe
def picture(request, link_key):
    """The certificate as a picture to send on."""
    paper = _load(link_key).certificate
    if paper is None or paper.revoked_at:
        raise Http404
    name = {"Content-Disposition": 'inline; filename="certificate.png"'}
    return HttpResponse(documents.png(paper), content_type="image/png", headers=name)


def _load(link_key):
    return get_object_or_404(Enrolment.objects.opened(), link_key=link_key)
