"""Files that say "somebody is at work here"; the system frees them when that process ends, however it ends."""

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


class LockFile:
    """Held from a successful `take` until `release` or the end of the process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def take(self) -> bool:
        """False where another holder, in this process or another, has it."""
        while True:
            try:
                descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            except PermissionError:  # Windows, while another process is deleting it
                return False
            if not _try_lock(descriptor):
                os.close(descriptor)
                return False
            if self._is_still_there(descriptor):
                self._descriptor = descriptor
                return True
            os.close(descriptor)  # a sweeper removed the file between opening and locking

    def release(self) -> None:
        """Removes the file and lets go."""
        if self._descriptor is None:
            return
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(self._descriptor)
            self._remove()
        else:
            self._remove()
            os.close(self._descriptor)
        self._descriptor = None

    def _remove(self) -> None:
        try:
            self.path.unlink(missing_ok=True)
        except PermissionError:
            return  # Windows: somebody else has just taken it, and will remove it

    def _is_still_there(self, descriptor: int) -> bool:
        try:
            there = os.stat(self.path)
        except FileNotFoundError:
            return False
        return os.path.samestat(there, os.fstat(descriptor))
