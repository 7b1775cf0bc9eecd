"""The sample's drop target: a file that is dropped anywhere on Explore goes on to the Import page."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from incidents.ui import import_files

_KEY = "sample_upload"

# While a file is dragged over the page, the drop zone covers all of it. The map's frame would keep the events to itself.
_WHOLE_PAGE = """
<style>
body.dropping iframe { pointer-events: none; }
body.dropping .st-key-sample_drop [data-testid="stFileUploaderDropzone"] { position: fixed; inset: 0; z-index: 1000000; height: auto; opacity: 0.94; justify-content: center; }
</style>
<script>
(() => {
  if (window.incidentsDropTarget) return;
  window.incidentsDropTarget = true;
  let ends;
  const end = () => document.body.classList.remove("dropping");
  document.addEventListener("dragover", event => {
    if (!event.dataTransfer || ![...event.dataTransfer.types].includes("Files")) return;
    document.body.classList.add("dropping");
    clearTimeout(ends);
    ends = setTimeout(end, 700);
  });
  document.addEventListener("drop", end);
})();
</script>
"""


def go_on_with_dropped() -> None:
    """To the Import page, before anything is drawn: what the browser still asks of a page that was drawn would make it forget
    the next one.
    """
    if brought := st.session_state.get(_KEY):
        import_files.hold(brought)
        st.switch_page(st.session_state["pages"]["import"])


def render_sample_drop(place: DeltaGenerator) -> None:
    with place, st.container(key="sample_drop", horizontal=True, vertical_alignment="center"):
        st.markdown("Sample data. Drop your own file here.", width="content")
        st.file_uploader(
            "Files of incidents", accept_multiple_files=True, key=_KEY, label_visibility="collapsed", width=360
        )
        st.html(_WHOLE_PAGE, unsafe_allow_javascript=True)  # constant text: nothing of a file is in it
