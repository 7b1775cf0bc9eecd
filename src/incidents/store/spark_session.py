"""Spark: the only module that starts it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from incidents.model.errors import StoreError

try:
    from py4j.protocol import Py4JError, Py4JJavaError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession
except ImportError as absent:  # an optional part: the message names the install line
    raise StoreError(
        'A spark:// store needs PySpark and Java 17; install it with: pip install "incidents[spark]".'
    ) from absent

_SPARK_ERRORS = (PySparkException, Py4JError)
"""PySpark hands on some of Java's exceptions as they are, an aborted job among them."""

_SETTINGS = {
    "spark.app.name": "incidents",
    "spark.ui.enabled": "false",  # it would listen on every interface
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",  # what goes wrong is raised; Java would tell it again, with its stack
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
}
_LOOPBACK = ("127.0.0.1", "localhost")
_starting = Lock()


def start(location: str) -> Any:
    """The session of this process on the cluster of a spark:// address; its query may hold further spark.* settings."""
    parts = urlsplit(location)
    master = f"spark://{parts.netloc}"
    with _starting:
        running = SparkSession.getActiveSession()
        if running is not None and running.sparkContext.master != master:
            raise StoreError(
                f"{master}: this process already works on {running.sparkContext.master}; one cluster at a time."
            )
        builder = SparkSession.builder.master(master)
        given = {name: value for name, value in parse_qsl(parts.query) if name.startswith("spark.")}
        if parts.hostname in _LOOPBACK:
            given = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"} | given
        for name, value in (_SETTINGS | given).items():
            builder = builder.config(name, value)
        try:
            return builder.getOrCreate()
        except (*_SPARK_ERRORS, RuntimeError, OSError) as problem:
            raise StoreError(
                f"{master}: Spark cannot be started, or no cluster answers there ({_reason(problem)})."
            ) from problem


@contextmanager
def faults_told(what: str) -> Iterator[None]:
    """Raises StoreError, which begins with `what`, in the place of Spark's errors."""
    try:
        yield
    except _SPARK_ERRORS as problem:
        raise StoreError(f"{what} ({_reason(problem)}).") from problem


def _reason(problem: BaseException) -> str:
    """The first line; Spark adds a page of Java."""
    text = str(problem.java_exception.getMessage()) if isinstance(problem, Py4JJavaError) else str(problem)
    said = next((line.strip() for line in text.splitlines() if line.strip()), type(problem).__name__)
    return said.rstrip(".:")
