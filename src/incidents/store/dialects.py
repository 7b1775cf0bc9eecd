"""Dialects: Ibis expressions as SQL text, with the smallest differences that each engine needs."""

from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import sqlglot.expressions as sge
from ibis.backends.sql.compilers import PostgresCompiler, PySparkCompiler
from ibis.backends.sql.compilers.base import SQLGlotCompiler
from ibis.common.exceptions import UnsupportedOperationError

from incidents.model.errors import StoreError

PLACEHOLDERS = {"duckdb": "${}", "postgres": "${}", "pyspark": ":{}"}

INLINED = {"duckdb": "AS NOT MATERIALIZED", "postgres": "AS NOT MATERIALIZED", "pyspark": "AS"}
"""Between a table's name and its query: the engine then reads only the columns and the rows that a panel needs."""


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


class _Spark(PySparkCompiler):  # type: ignore[misc]
    """Ibis asks an option of its own Spark connection, which there is not."""

    def visit_Field(self, op: Any, *, rel: Any, name: str) -> Any:
        return SQLGlotCompiler.visit_Field(self, op, rel=rel, name=name)

    def visit_NonNullLiteral(self, op: Any, *, value: Any, dtype: Any) -> Any:
        if dtype.is_floating():
            return None  # as any other number
        return super().visit_NonNullLiteral(op, value=value, dtype=dtype)


_COMPILERS: dict[str, Any] = {"postgres": _Postgres, "pyspark": _Spark}


def sql_text(expression: ir.Table, dialect: str) -> str:
    """Raises StoreError where the engine has no words for it."""
    compiler = _COMPILERS.get(dialect)
    if compiler is None:
        return str(ibis.to_sql(expression, dialect=dialect))
    try:
        return str(compiler().to_sqlglot(expression).sql(dialect=compiler.dialect, pretty=True))
    except UnsupportedOperationError as problem:
        raise StoreError(
            "This store answers summaries and exports, not every panel of the page: use a folder or postgresql://."
        ) from problem


def quote(name: str, dialect: str) -> str:
    return f"`{name}`" if dialect == "pyspark" else f'"{name}"'
