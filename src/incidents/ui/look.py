"""The page's look: one style sheet over Streamlit's own theme, and what its charts lack for screen readers."""

import streamlit as st

STYLE = """
<style>
.stMainBlockContainer { padding: 3.6rem 1.4rem 2rem; max-width: 1800px; }
.stMainBlockContainer [data-testid="stVerticalBlock"] { gap: 0.55rem; }
[data-testid="stSidebarUserContent"] { padding: 0 1.1rem 2rem; }
[data-testid="stSidebar"] [data-testid="stVerticalBlock"] { gap: 0.35rem; }
.st-key-filter_dates::before, .st-key-filter_country::before, .st-key-filter_actor::before, .st-key-filter_event_type::before, .st-key-harm::before, .st-key-filter_words::before { display: block; width: 100%; margin: 0.9rem 0 0.35rem; font-size: 0.8rem; font-weight: 650; color: var(--st-primary-color, inherit); }
.st-key-filter_dates::before { content: "When"; }
.st-key-filter_country::before { content: "Where"; }
.st-key-filter_actor::before { content: "Who"; }
.st-key-filter_event_type::before { content: "What"; }
.st-key-harm::before { content: "Harm"; margin-bottom: -0.4rem; }
.st-key-harm > * { flex: 1 1 5.2rem !important; min-width: 5.2rem; width: auto !important; }
.st-key-filter_words::before { content: "More"; }
[data-testid="stSidebar"] [data-testid="stMarkdownContainer"] { margin-bottom: 0 !important; }
[data-testid="stSidebarHeader"] { height: 2.4rem; min-height: 0; margin-bottom: 0; }
[data-testid="stText"] { font-family: inherit !important; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
[data-testid="stSidebar"] [data-testid="stText"] { font-size: 0.78rem; opacity: 0.75; margin: -0.15rem 0 0.25rem; line-height: 1.3; }
.stale-element, [data-stale="true"] { opacity: 1 !important; transition: none !important; }
.st-key-sentence { min-height: 1.6rem; }
.st-key-sentence p { font-size: 1.06rem; font-weight: 600; margin: 0; font-variant-numeric: tabular-nums; }
.st-key-version { display: none; }
.st-key-copy_link { margin-left: auto; }
.st-key-provenance [data-testid="stText"], .st-key-export [data-testid="stText"] { font-size: 0.8rem; line-height: 1.35; color: var(--st-text-color, inherit); opacity: 0.8; }
.st-key-chips { min-height: 2.6rem; }
.st-key-chips [data-tag], .st-key-chips [data-tag] span { max-width: 26rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); border: 1px solid var(--st-border-color, rgba(128, 140, 148, .3)); border-radius: 6px; }
.cards > div { padding: 0.5rem 0.9rem 0.55rem; border-left: 1px solid var(--st-border-color, rgba(128, 140, 148, .3)); margin-left: -1px; }
.cards b { display: block; font-size: 1.45rem; line-height: 1.25; font-weight: 600; font-variant-numeric: tabular-nums; }
.cards span { font-size: 0.84rem; }
.cards small { display: block; font-size: 0.76rem; opacity: 0.74; font-variant-numeric: tabular-nums; line-height: 1.35; }
.below { margin: 0.45rem 0 0; font-size: 0.84rem; line-height: 1.4; opacity: 0.75; }
.st-key-map_and_beside { align-items: flex-start; }
.st-key-map_and_beside > :has(> .st-key-map) { flex: 2 1 0; min-width: min(24rem, 100%); }
.st-key-map_and_beside > :has(> .st-key-details) { flex: 1 1 0; min-width: min(17rem, 100%); }
.st-key-map iframe { min-height: 470px; border: 1px solid rgba(128, 140, 148, .3); border-radius: 6px; }
.signs { display: flex; flex-wrap: wrap; gap: 0.15rem 1rem; font-size: 0.78rem; opacity: 0.85; }
.signs span { display: inline-flex; align-items: center; gap: 0.35rem; }
.st-key-details [data-testid="stButtonGroup"] button { padding: 0.2rem 0.5rem; min-height: 0; font-size: 0.84rem; }
.st-key-details [data-testid="stText"] { line-height: 1.45; }
.st-key-detail_title [data-testid="stText"] { font-size: 1.08rem; font-weight: 600; }
.st-key-detail_facts [data-testid="stText"] { tab-size: 7.2rem; }
.st-key-detail_origin [data-testid="stText"] { font-size: 0.84rem; opacity: 0.8; }
.sides { border-collapse: collapse; font-size: 0.84rem; width: 100%; font-variant-numeric: tabular-nums; }
.sides td, .sides th { padding: 0.12rem 0.4rem 0.12rem 0; text-align: right; font-weight: 400; border: 0; border-bottom: 1px solid rgba(128, 140, 148, .22); }
.sides th:first-child, .sides td:first-child { text-align: left; }
.sides thead th { opacity: 0.7; }
.known > div { display: flex; gap: 2px; height: 0.9rem; border-radius: 4px; overflow: hidden; }
.known i { background: #3a8ba9; min-width: 3px; }
.known i.none { background: repeating-linear-gradient(45deg, #8c9196 0 2px, transparent 2px 5px); }
.known p { display: flex; flex-wrap: wrap; gap: 0.1rem 1.1rem; margin: 0.35rem 0 0; font-size: 0.8rem; font-variant-numeric: tabular-nums; }
.known span { display: inline-flex; align-items: center; gap: 0.4rem; }
.known span i { width: 0.72rem; height: 0.72rem; border-radius: 2px; flex: none; }
.st-key-sample_drop { max-width: 46rem; }
[class*="st-key-head_"] [data-testid="stText"] { font-weight: 600; }
[class*="st-key-mapping_"] [data-testid="stText"], [class*="st-key-columns_"] [data-testid="stText"] { font-size: 0.84rem; opacity: 0.8; }
@media (max-width: 640px) {
  .stMainBlockContainer { padding: 3.4rem 0.8rem 2rem; }
  .cards { grid-template-columns: repeat(2, 1fr); }
  .cards b { font-size: 1.2rem; }
}
</style>
"""

# Vega writes the timeline's brush as two pictures without a name. They are for the mouse alone; the dates have fields.
_BRUSH_WITHOUT_NAME = """
<script>
(() => {
  if (window.incidentsBrushHidden) return;
  window.incidentsBrushHidden = true;
  new MutationObserver(() => {
    for (const part of document.querySelectorAll(".brush_brush[role], .brush_brush_bg[role]")) {
      part.removeAttribute("role");
      part.removeAttribute("aria-roledescription");
      part.setAttribute("aria-hidden", "true");
    }
  }).observe(document.body, {childList: true, subtree: true});
})();
</script>
"""


def render_look() -> None:
    st.html(STYLE)
    st.html(_BRUSH_WITHOUT_NAME, unsafe_allow_javascript=True)  # constant text
