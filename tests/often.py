"""How often a property is tried where the usual number would take too long, or too little."""

from hypothesis import HealthCheck, settings

USUAL = 20  # examples of a property in ``make test``; tests/conftest.py makes it the profile of the suite


def often(few, **how):
    """``few`` examples in ``make test``; under a deeper profile as many times more as that profile is deeper."""
    quiet = {"suppress_health_check": [HealthCheck.function_scoped_fixture]}
    return settings(max_examples=few * settings.default.max_examples // USUAL, **quiet, **how)
