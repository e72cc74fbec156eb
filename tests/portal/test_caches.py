"""The shared cache helps while it is there, and is missed by nobody when it is not."""

import pytest
from django.core.cache import caches

from tests.services import free_port


def cache_at(settings, address):
    settings.CACHES = {"default": {"BACKEND": "portal.caches.PatientRedis", "LOCATION": address}}
    return caches["default"]


@pytest.fixture(params=["there", "away"])
def cache(request, settings, redis_url):
    address = redis_url if request.param == "there" else f"redis://127.0.0.1:{free_port()}/0"
    cache = cache_at(settings, address)
    cache.clear()
    return cache


def test_it_remembers_and_forgets(cache):
    cache.set("a", {"name": "संगठन"}, 60)
    cache.set_many({"b": 1, "c": 2})

    assert cache.get("a") == {"name": "संगठन"}
    assert cache.get_many(["b", "c", "d"]) == {"b": 1, "c": 2}
    assert ("a" in cache, cache.add("a", 0), cache.add("d", 4), cache.touch("d", 9)) == (True, False, True, True)
    assert (cache.incr("b"), cache.decr("c"), cache.get_or_set("e", 5), cache.delete("a")) == (2, 1, 5, True)
    cache.delete_many(["b", "c"])
    assert cache.get_many(["a", "b", "c", "d", "e"]) == {"d": 4, "e": 5}
    cache.clear()
    assert cache.get("d", "nothing") == "nothing"


def test_when_it_comes_back_it_is_used_again(settings, redis_url):
    one, other = cache_at(settings, redis_url), cache_at(settings, redis_url)

    one.set("a", 1)

    assert other.get("a") == 1
