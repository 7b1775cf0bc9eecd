"""Import: a file is checked and its report shown; nothing is stored before the user says so."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from incidents.ingest import Report, check, import_file
from incidents.model.errors import IncidentsError, Undecided
from incidents.normalise.rows import ImportOptions
from incidents.ui import loading, state
from incidents.ui.wording import PRECISION_WORDS

_ENDINGS = ("csv", "tsv", "txt", "gz", "zip", "xlsx", "xls", "json", "geojson", "parquet")
_DATES = {
    "day-first": "day first: 03/04/2024 is 3 April",
    "month-first": "month first: 03/04/2024 is 4 March",
    "iso": "year first",
    "jalali": "Iranian (Jalali) calendar",
}


def import_page() -> None:
    st.markdown("#### Import a file of incidents")
    st.caption(
        "CSV, TSV or Excel; ACLED, UCDP GED, GTD, HXL or a layout of your own. The file stays on this machine. It is checked first and stored only after you confirm."
    )
    if done := st.session_state.get("import_done"):
        _render_done(done)
    uploaded = st.file_uploader("File", type=_ENDINGS, key="upload")
    if uploaded is None:
        return
    options = _render_options()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(uploaded.name).name
        path.write_bytes(uploaded.getbuffer())
        try:
            report = _checked(path, uploaded.file_id, options)
        except Undecided as question:
            st.text(str(question))
            _ask(question)
            return
        except IncidentsError as problem:
            _refuse(problem)
            return
        _render_report(report)
        with st.container(horizontal=True, vertical_alignment="center"):
            confirmed = st.button(f"Import {report.incidents:,} incidents", key="import_confirm", type="primary")
            st.caption("Rejected rows are kept with their reasons and can be downloaded under Review.")
        if confirmed:
            _store(path, options)


def _render_options() -> ImportOptions:
    """What the file alone may not settle."""
    with st.expander("If the file does not say it itself"):
        left, right = st.columns(2)
        country = left.text_input("Country of all rows without one", key="import_country")
        dates = right.selectbox(
            "Dates such as 03/04/2024",
            [None, *_DATES],
            format_func=lambda name: _DATES.get(name, "as the column itself shows"),
            key="import_dates",
        )
        sheet = left.text_input("Sheet of a workbook", key="import_sheet")
    return ImportOptions(country=country.strip() or None, dates=dates, sheet=sheet.strip() or None)


def _ask(question: Undecided) -> None:
    hints = {
        "dates": "Choose how its dates are written, in the box above.",
        "country": "Name the country, in the box above.",
        "sheet": "Name the sheet, in the box above.",
        "mapping": "Import it from the command line with --map COLUMN=FIELD for the columns it names.",
        "casualties": "Import it from the command line with --map COLUMN=FIELD for the column it names.",
    }
    st.info(hints.get(question.question, "Choose in the box above."))


def _refuse(problem: IncidentsError) -> None:
    with st.container(border=True, key="import_refused"):
        st.markdown("**This file cannot be imported; nothing was stored.**")
        st.text(str(problem))


def _checked(path: Path, file_id: str, options: ImportOptions) -> Report:
    """The report of this upload under these options, made once."""
    known: tuple[Any, Report] | None = st.session_state.get("import_checked")
    if known and known[0] == (file_id, repr(options)):
        return known[1]
    with st.status("Checking", expanded=False) as status:
        report = check(loading.user_store(), path, options, progress=_told(status.update))
        status.update(label="Checked; nothing is stored yet", state="complete")
    st.session_state["import_checked"] = ((file_id, repr(options)), report)
    return report


def _store(path: Path, options: ImportOptions) -> None:
    try:
        with st.status("Importing", expanded=False) as status:
            report = import_file(loading.user_store(), path, options, progress=_told(status.update))
    except IncidentsError as problem:
        _refuse(problem)
        return
    st.session_state["import_done"] = report
    st.session_state.pop("import_checked", None)
    st.rerun()


def _told(update: Callable[..., None]) -> Callable[[str, int, int | None], None]:
    def tell(stage: str, done: int, of: int | None) -> None:
        amount = f" {done:,} of {of:,}" if of else (f" {done:,}" if done else "")
        update(label=f"{stage.capitalize()}{amount}")

    return tell


def _render_done(report: Report) -> None:
    with st.container(border=True, key="import_done_box"):
        st.markdown(
            f"**{report.incidents:,} incidents imported.** {report.read:,} rows read = {report.kept:,} kept + {report.rejected:,} rejected."
        )
        if st.button("Show them", key="import_show", type="primary"):
            st.session_state.pop("import_done", None)
            state.clear()
            state.select(None)
            st.switch_page(st.session_state["pages"]["explore"])


def _render_report(report: Report) -> None:
    with st.container(border=True, key="import_report"):
        st.text(f"{report.file}: {report.layout}" + (f" ({report.reason})" if report.reason else ""))
        st.markdown(
            f"**{report.read:,} rows read = {report.kept:,} kept + {report.rejected:,} rejected**; {report.repaired:,} repaired, "
            f"{report.duplicates:,} the same as another. {report.incidents:,} incidents, {report.first_date or 'no date'} to {report.last_date or 'no date'}."
        )
        located = [
            (PRECISION_WORDS.get(name, "one name, several places"), count)
            for name, count in report.places.items()
            if count
        ]
        left, right = st.columns(2)
        left.dataframe(
            pd.DataFrame(located, columns=["Place known to", "incidents"]), hide_index=True, height="content"
        )
        right.dataframe(
            pd.DataFrame(list(report.mapping.items()), columns=["Field", "read from column"]),
            hide_index=True,
            height=245,
        )
        if report.rejected:
            st.markdown("Rejected, by reason")
            st.dataframe(
                pd.DataFrame(list(report.reasons.items()), columns=["Reason", "rows"]),
                hide_index=True,
                height="content",
            )
            st.markdown("The first of them")
            st.dataframe(report.rejected_examples.drop_columns(["dataset_id"]).to_pandas(), hide_index=True, height=220)
        if len(report.note_examples):
            with st.expander("What was repaired or is doubtful"):
                st.dataframe(report.note_examples.drop_columns(["dataset_id"]).to_pandas(), hide_index=True, height=260)
