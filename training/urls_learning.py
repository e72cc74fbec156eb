"""Addresses of what is learnt: materials, the quiz, opinions, certificates, and who is trained."""

from django.urls import path

from training.views import coverage, learning, materials, mine, opinions, quizzes

urlpatterns = [
    path("train/mine/", mine.mine, name="mine"),
    path("train/coverage/", coverage.coverage, name="coverage"),
    path("train/coverage/file/", coverage.file, name="coverage-file"),
    path("train/material/<int:pk>/", materials.file, name="material"),
    path("train/series/<slug:slug>/materials/", materials.of_series, name="series-materials"),
    path("train/series/<slug:slug>/quiz/", quizzes.quiz, name="quiz"),
    path("train/series/<slug:slug>/quiz/<int:number>/", quizzes.question, name="question"),
    path("train/<slug:slug>/materials/", materials.of_workshop, name="materials"),
    path("train/<slug:slug>/opinions/", opinions.opinions_of, name="opinions"),
    path("r/<slug:link_key>/certificate.png", learning.picture, name="certificate-picture"),
    path("r/<slug:link_key>/m/<int:pk>/", materials.own, name="own-material"),
    path("r/<slug:link_key>/quiz/", learning.quiz, name="quiz-try"),
    path("r/<slug:link_key>/quiz/result/", learning.result, name="quiz-result"),
    path("r/<slug:link_key>/feedback/", learning.feedback, name="feedback"),
]
