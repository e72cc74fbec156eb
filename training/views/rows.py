"""What the lists of people show beside the names."""

from committees.models import Appointment


def with_posts(page, workshop):
    """The page with, on each row, the post for which the person is invited."""
    page.object_list = with_post(page.object_list, workshop)
    return page


def with_post(rows, workshop):
    """These rows with the post for which each person is invited: one query for all."""
    rows = list(rows)
    sitting = Appointment.objects.current().under(workshop.unit).filter(person__in=[row.person_id for row in rows])
    posts = {}
    for appointment in sitting.select_related("seat__post", "seat__unit").order_by("-since", "-pk"):
        posts[appointment.person_id] = f"{appointment.seat.post}, {appointment.seat.unit.title}"
    for row in rows:
        row.post = posts.get(row.person_id, "")
    return rows
