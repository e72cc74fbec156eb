"""Roughly how far it is between two districts, so that those from far come later in the day.

Head towns of the districts of Rajasthan by latitude and longitude, to a
tenth of a degree; roads are a quarter longer than the straight line. Another
organisation's districts that are not here count as ``UNKNOWN_KM`` apart.
"""

from math import asin, cos, radians, sin, sqrt

from django.utils.text import slugify

from committees.models import Unit

EARTH_KM = 6371
ROADS_WIND = 1.25
UNKNOWN_KM = 150
TOWNS = {
    "ajmer": (26.5, 74.6), "alwar": (27.6, 76.6), "balotra": (25.8, 72.2), "banswara": (23.5, 74.4),
    "baran": (25.1, 76.5), "barmer": (25.8, 71.4), "beawar": (26.1, 74.3), "bharatpur": (27.2, 77.5),
    "bhilwara": (25.3, 74.6), "bikaner": (28.0, 73.3), "bundi": (25.4, 75.6), "chittorgarh": (24.9, 74.6),
    "churu": (28.3, 75.0), "dausa": (26.9, 76.3), "deeg": (27.5, 77.3), "dholpur": (26.7, 77.9),
    "didwana-kuchaman": (27.4, 74.6), "dungarpur": (23.8, 73.7), "ganganagar": (29.9, 73.9),
    "hanumangarh": (29.6, 74.3), "jaipur": (26.9, 75.8), "jaisalmer": (26.9, 70.9), "jalore": (25.3, 72.6),
    "jhalawar": (24.6, 76.2), "jhunjhunu": (28.1, 75.4), "jodhpur": (26.3, 73.0), "karauli": (26.5, 77.0),
    "khairthal-tijara": (27.8, 76.6), "kota": (25.2, 75.8), "kotputli-behror": (27.7, 76.2),
    "nagaur": (27.2, 73.7), "pali": (25.8, 73.3), "phalodi": (27.1, 72.4), "pratapgarh": (24.0, 74.8),
    "rajsamand": (25.1, 73.9), "salumbar": (24.1, 74.0), "sawai-madhopur": (26.0, 76.4), "sikar": (27.6, 75.1),
    "sirohi": (24.9, 72.9), "sri-ganganagar": (29.9, 73.9), "tonk": (26.2, 75.8), "udaipur": (24.6, 73.7),
}  # fmt: skip


def road_km(one: Unit | None, other: Unit | None) -> int:
    """Kilometres by road from district to district, rounded to ten; 0 within one or when one is not known."""
    if one is None or other is None or one.pk == other.pk:
        return 0
    here, there = TOWNS.get(slugify(one.name_en)), TOWNS.get(slugify(other.name_en))
    if here is None or there is None:
        return UNKNOWN_KM
    return round(_straight(here, there) * ROADS_WIND / 10) * 10


def _straight(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great circle, by the haversine formula."""
    (north, east), (north2, east2) = (tuple(map(radians, place)) for place in (one, other))
    half = sin((north2 - north) / 2) ** 2 + cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
