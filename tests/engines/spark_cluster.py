"""A standalone Spark cluster for the tests, from the pyspark wheel: a master and two workers, on the loopback only."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.engines.processes import end_with_this_process

WORKERS = 2
START_SECONDS = 90


class SparkCluster:
    def __init__(self, folder: Path, home: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        self._folder = folder
        self._home = home
        self.workers: list[subprocess.Popen[bytes]] = []
        host, _, port = self.address.partition(":")
        self._master = self._start("master", "Master", "--host", host, "--port", port, "--webui-port", "0")
        self._wait("master", "Started daemon", "I have been elected leader")
        for _ in range(WORKERS):
            self.add_worker()

    def location(self, store: Path) -> str:
        return f"spark://{self.address}?store={store}&spark.executor.memory=512m&spark.sql.shuffle.partitions=2"

    def add_worker(self) -> None:
        name = f"worker{len(self.workers)}"
        arguments = ("--host", "127.0.0.1", "--cores", "1", "--memory", "600M", "--webui-port", "0")
        work = ("--work-dir", str(self._folder / name))
        self.workers.append(self._start(name, "Worker", *arguments, *work, f"spark://{self.address}"))
        self._wait(name, "Successfully registered with master")

    def kill_worker(self) -> None:
        """The first that lives, as a machine that loses its power."""
        worker = next(each for each in self.workers if each.poll() is None)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def stop(self) -> None:
        for process in (*self.workers, self._master):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _start(self, name: str, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "SPARK_HOME": str(self._home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_DAEMON_MEMORY": "256m",
        }
        command = [self._home / "bin" / "spark-class", f"org.apache.spark.deploy.{kind.lower()}.{kind}", *arguments]
        with (self._folder / f"{name}.log").open("wb") as log:
            # A group of its own: a worker's executors die with it.
            return subprocess.Popen(
                command,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_this_process,
            )

    def _wait(self, name: str, *words: str) -> None:
        log = self._folder / f"{name}.log"
        end = time.monotonic() + START_SECONDS
        while not any(word in log.read_text(errors="replace") for word in words):
            assert time.monotonic() < end, log.read_text(errors="replace")
            time.sleep(0.2)


@contextmanager
def running(home: Path) -> Iterator[SparkCluster]:
    folder = Path(tempfile.mkdtemp(prefix="incidents-spark-"))
    cluster = SparkCluster(folder, home)
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
