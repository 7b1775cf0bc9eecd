"""What is nobody's fault but ours: one plain sentence for the user, the rest for the server's log."""

import logging
import secrets

_log = logging.getLogger("incidents")


def fault(problem: BaseException) -> str:
    """Logs the error under an id, and says that id; no path, stack or query reaches the page."""
    number = secrets.token_hex(4)
    _log.error("fault %s", number, exc_info=problem)
    return f"Something went wrong that should not have; the server's log has the details under {number}."
