"""The shared cache, which nothing may depend on."""

import logging
from functools import partialmethod

import redis
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

log = logging.getLogger(__name__)


class PatientRedis(RedisCache):
    """Redis; while it is away, each process remembers for itself and no page breaks.

    Give it short ``socket_connect_timeout`` and ``socket_timeout``: each call
    waits that long for a server that does not answer.
    """

    def __init__(self, server, params):
        super().__init__(server, params)
        self.own = LocMemCache("while redis is away", {"TIMEOUT": self.default_timeout})

    def _try(self, method, *args, **kwargs):
        try:
            return getattr(super(), method)(*args, **kwargs)
        except (redis.ConnectionError, redis.TimeoutError) as problem:
            log.warning("shared cache away: %s", type(problem).__name__)
            return getattr(self.own, method)(*args, **kwargs)

    add = partialmethod(_try, "add")
    get = partialmethod(_try, "get")
    set = partialmethod(_try, "set")
    touch = partialmethod(_try, "touch")
    delete = partialmethod(_try, "delete")
    get_many = partialmethod(_try, "get_many")
    set_many = partialmethod(_try, "set_many")
    delete_many = partialmethod(_try, "delete_many")
    has_key = partialmethod(_try, "has_key")
    incr = partialmethod(_try, "incr")
    clear = partialmethod(_try, "clear")
