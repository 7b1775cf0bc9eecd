"""Servers that tests start: none outlives the tests, however these end."""

import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1


def end_with_this_process() -> None:
    """For `preexec_fn`: on Linux the kernel ends the server when the tests are killed and cannot clean up."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
