"""The trunk's nouns: units, posts, seats, and people's time in them."""

from committees.models.seats import Appointment, Post, Seat
from committees.models.units import Unit

__all__ = ["Appointment", "Post", "Seat", "Unit"]
