"""Dialects: Ibis expressions as SQL text, with the smallest differences that each engine needs."""

from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import sqlglot.expressions as sge
from ibis.backends.sql.compilers import PostgresCompiler
from ibis.backends.sql.compilers.base import SQLGlotCompiler

PLACEHOLDERS = {"duckdb": "${}", "postgres": "${}"}


class _Postgres(PostgresCompiler):  # type: ignore[misc]
    SIMPLE_OPS = {  # noqa: RUF012 how Ibis declares them
        ops.Arbitrary: "min"  # no "first" without an extension; the least is as good and always the same
    }

    def visit_MapGet(self, op: Any, *, arg: Any, key: Any, default: Any) -> Any:
        """The file's own columns are kept as json, which keeps their order; Ibis expects jsonb."""
        return self.f.json_extract_path_text(arg, key)

    def visit_Cast(self, op: Any, *, arg: Any, to: Any) -> Any:
        """30.0 as text is "30.0", as in the other engines, not "30"."""
        text = super().visit_Cast(op, arg=arg, to=to)
        if op.arg.dtype.is_floating() and to.is_string():
            return self.f.regexp_replace(text, sge.convert("^(-?[0-9]+)$"), sge.convert(r"\1.0"))
        return text

    def to_sqlglot(self, expr: Any, **options: Any) -> Any:
        """Without Ibis' cast of every map to text, which would hide it from the query around."""
        return SQLGlotCompiler.to_sqlglot(self, expr, **options)


def sql_text(expression: ir.Table, dialect: str) -> str:
    if dialect == "postgres":
        return str(_Postgres().to_sqlglot(expression).sql(dialect=_Postgres.dialect, pretty=True))
    return str(ibis.to_sql(expression, dialect=dialect))
