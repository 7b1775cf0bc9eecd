"""Memory of the server: when Python looks for what nobody holds any more."""

import gc
from functools import cache

from streamlit import config

_AFTER_EVERY_RUN = "runner.postScriptGC"


@cache
def settle_memory() -> None:
    """Once in the server's life, when all is imported.

    Streamlit looks through the whole memory after every run of a script, also after each look for new data: 0.1 s in which
    no page is answered, not even the one that waits for the end of its own step. Python looks by itself often enough, and
    what was imported need not be looked through at all. Set here and not among the server's settings, since a page that is
    started in another folder knows nothing of those.
    """
    config.set_option(_AFTER_EVERY_RUN, False)
    gc.collect()
    gc.freeze()
