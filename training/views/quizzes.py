"""The quiz of a series: its questions for the office."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from training.domain import quizzing
from training.forms.quiz import QuestionForm
from training.models.learning import MOST_TRIES
from training.views.series import load


def quiz(request, slug):
    """All questions, and room for one more."""
    series = load(request, slug)
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        quizzing.write(series=series, **form.details, **_by(request))
        messages.success(request, _("The question is written."))
        return redirect(request.path)
    questions = list(series.questions.prefetch_related("choices"))
    context = {
        "nav": "training",
        "series": series,
        "questions": questions,
        "form": form,
        "drawn": quizzing.DRAWN,
        "tries": MOST_TRIES,
    }
    return TemplateResponse(request, "training/quiz.html", context, status=422 if form.errors else 200)


def question(request, slug, number):
    """Another wording, other answers; or away with it."""
    series = load(request, slug)
    one = get_object_or_404(series.questions.prefetch_related("choices"), number=number)
    drops = "drop" in request.POST
    form = QuestionForm(None if drops else request.POST or None, initial=QuestionForm.filled(one))
    if drops:
        quizzing.drop(question=one, **_by(request))
        messages.success(request, _("The question is removed."))
        return redirect("training:quiz", series.slug)
    if form.is_valid():
        quizzing.write(series=series, instead_of=one, **form.details, **_by(request))
        messages.success(request, _("The question is written."))
        return redirect("training:quiz", series.slug)
    context = {"nav": "training", "series": series, "question": one, "form": form}
    return TemplateResponse(request, "training/question.html", context, status=422 if form.errors else 200)


def _by(request):
    return {"by": request.user, "now": timezone.now()}
