"""What gunicorn serves on that day: the product, on the day's clock."""

from django.utils import timezone

from portal.wsgi import application
from tests.load.day.clock import Clock

__all__ = ["application"]

timezone.now = Clock.given().now
