"""Questions that Django words once.

Putting a question into SQL takes Django longer than it takes a database to answer a small one, and the words are the
same each time. Only for what is asked at each press of a button in a deadline's last hour.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Expression, QuerySet


class Later(Expression):
    """The place of a number or a text that is given when the question is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list["Later"]]:
        return "%s", [self]


class Worded:
    """What ``ask`` asks: a ``values_list`` with ``Later(name)`` for what differs from time to time."""

    def __init__(self, ask: Callable[[], QuerySet[Any, Any]]) -> None:
        self._ask = ask

    def rows(self, **given: object) -> list[tuple[Any, ...]]:
        """The answer, with a value given for each ``Later``."""
        sql, values, converters = self._words
        with connection.cursor() as cursor:
            cursor.execute(sql, [given[value.name] if isinstance(value, Later) else value for value in values])
            rows = [list(row) for row in cursor.fetchall()]
        for row in rows:
            for place, (convert, expression) in converters.items():
                for one in convert:
                    row[place] = one(row[place], expression, connection)
        return [tuple(row) for row in rows]

    @cached_property
    def _words(self) -> tuple[str, Any, dict[int, Any]]:
        compiler = self._ask().query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        return sql, values, compiler.get_converters([row[0] for row in compiler.select])
