"""Values that are bound when a query runs, so that its SQL can be compiled once."""

import re
from typing import Any

import ibis
import ibis.expr.types as ir

from incidents.store import CompiledQuery
from incidents.store.dialects import PLACEHOLDERS, sql_text

_MARK = "bound value: "
_MARKED = re.compile(f"'{_MARK}([a-z0-9_]+)'")
LIMIT, OFFSET = 2**62 + 1, 2**62 + 2
"""Stand for `limit` and `offset`, where Ibis takes a plain number only."""

_ROW_MARKS = {str(LIMIT): "limit", str(OFFSET): "offset"}


def bound(name: str, type_: str = "string") -> Any:
    """An expression that stands for a value given later.

    Ibis writes its own parameters into the SQL as literals, so a marked literal is written and replaced instead.
    """
    mark = ibis.literal(_MARK + name)
    return mark if type_ == "string" else mark.cast(type_)


def compiled(expression: ir.Table, dialect: str) -> CompiledQuery:
    sql = sql_text(expression, dialect)
    placeholder = PLACEHOLDERS[dialect]
    for mark, name in _ROW_MARKS.items():
        sql = sql.replace(mark, f"'{_MARK}{name}'")
    names = frozenset(_MARKED.findall(sql))
    return CompiledQuery(_MARKED.sub(lambda found: placeholder.format(found[1]), sql), names)
