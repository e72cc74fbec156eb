"""Addresses of interviews: the office's, the panel's, the wall's and the applicant's."""

from datetime import date

from django.urls import include, path, register_converter

from interviews.views import (
    after,
    board,
    calls,
    days,
    offers,
    on_the_spot,
    panel,
    planner,
    queue,
    results,
    rooms,
    standby,
    sync,
    times,
    wishes,
)


class DateConverter:
    """``2025-11-16``; what is no date is no address."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return str(value)


register_converter(DateConverter, "day")

app_name = "interviews"

one_day = [
    path("", planner.planner, name="planner"),
    path("change/", days.change, name="day-change"),
    path("panels/", rooms.new, name="panel-new"),
    path("panels/rotate/", rooms.rotate, name="rotate"),
    path("panels/<int:pk>/", rooms.one, name="panel"),
    path("fill/", planner.fill, name="fill"),
    path("place/", planner.place, name="place"),
    path("release/", planner.release, name="release"),
    path("print/", planner.print_list, name="print"),
    path("requests/", wishes.inbox, name="requests"),
    path("standby/", standby.standby, name="standby"),
    path("queue/", queue.queue, name="queue"),
    path("queue/new/", on_the_spot.on_the_spot_page, name="on-the-spot"),
    path("queue/sync/", sync.sync, name="queue-sync"),
    path("queue/sw.js", sync.worker, name="queue-worker"),
    path("queue/<int:pk>/", queue.visitor, name="visitor"),
    path("queue/<int:pk>/photo/", on_the_spot.photo, name="spot-photo"),
    path("queue/<int:pk>/whatsapp/", queue.whatsapp, name="visitor-whatsapp"),
    path("boards/", board.keys, name="boards"),
    path("results/", results.results, name="results"),
    path("results/propose/", results.propose, name="propose"),
    path("results/approve/", results.approve, name="approve"),
    path("results/freeze/", after.freeze, name="freeze"),
    path("results/minutes.pdf", after.minutes, name="minutes"),
    path("results/record/", after.publish, name="record-out"),
    path("waiting/", after.waiting, name="waiting"),
    path("waiting/promote/", after.promote, name="promote"),
    path("offers/", offers.offers, name="offers"),
    path("offers/send/", offers.send, name="offer-send"),
    path("offers/more/", offers.extend, name="offer-more"),
]

urlpatterns = [
    path("office/interviews/", days.days, name="days"),
    path("office/interviews/new/", days.new, name="day-new"),
    path("office/interviews/<day:date>/", days.of_date, name="date"),
    path("office/interviews/<day:date>/<slug:drive>/", include(one_day)),
    path("d/<slug:drive>/record/", after.record, name="record"),
    path("tv/<slug:key>/", board.board, name="board"),
    path("", include("interviews.urls_panel")),
    path("", include("interviews.urls_results")),
    path("", include("interviews.urls_days")),
    path("panel/", panel.my_panels, name="my-panels"),
    path("panel/<day:date>/<int:token>/", panel.card, name="card"),
    path("a/<str:ref>/interview/", calls.call, name="call"),
    path("a/<str:ref>/interview/times/", times.choose, name="choose"),
    path("a/<str:ref>/interview.ics", calls.calendar, name="calendar"),
    path("a/<str:ref>/offer/", offers.offer, name="offer"),
    path("i/<str:ref>/", queue.arrive, name="arrive"),
]
