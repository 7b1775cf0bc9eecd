"""Import: files are checked and their reports shown; nothing is stored before the user says so."""

from dataclasses import replace

import streamlit as st

from incidents.model.dataset import Dataset
from incidents.model.filters import EVERYTHING
from incidents.normalise.options import ImportOptions
from incidents.store import Store
from incidents.ui import import_files, loading, state
from incidents.ui.datasets_mappings import render_mappings
from incidents.ui.datasets_review import render_datasets
from incidents.ui.import_files import Incoming
from incidents.ui.import_mapping import is_sure, render_mapping
from incidents.ui.import_progress import render_progress
from incidents.ui.import_questions import render_country, render_question
from incidents.ui.import_report import render_report
from incidents.ui.import_wording import DATES, size, without_options

_NEW = "a dataset of its own"


def import_page() -> None:
    store = loading.user_store()
    st.markdown("#### Import files of incidents")
    st.caption(
        "CSV, Excel or JSON; ACLED, UCDP GED, GTD, HXL or a layout of your own. A file is checked first and stored only after you confirm. "
        "It stays on this machine. Files you import are visible to everybody who uses this store."
    )
    uploaded = st.file_uploader(
        "Files", accept_multiple_files=True, key="upload", on_change=_uploader_changed, label_visibility="collapsed"
    )
    import_files.follow_uploader(list(uploaded))
    files = import_files.held()
    for file in files:
        if file.checking is None:
            file.check(store)
    is_running = any(file.running for file in files)  # asked once: work that ends meanwhile is told by the next drawing
    _go_on_when_stored(store, files)
    for file in files:
        with st.container(border=True, key=f"file_{file.file_id}"):
            _render_file(store, file)
    progress_place = st.container(key="import_progress")
    if not is_running:
        _render_confirm(store, files)
    if store.datasets():
        st.markdown("#### Datasets")
        render_datasets()
    render_mappings(store)
    if is_running:
        render_progress(progress_place, files)


def _uploader_changed() -> None:
    st.session_state["import_uploader_changed"] = True


def _render_file(store: Store, file: Incoming) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"head_{file.file_id}"):
        st.text(f"{file.name}  ({size(file.upload.size)})")
        if not import_files.is_in_uploader(file) and not file.running:
            st.button("Remove", key=f"remove_{file.file_id}", type="tertiary", on_click=_remove, args=(file.file_id,))
    seen = file.examination
    job = file.storing or file.checking
    if file.running:
        return
    if job and (job.is_cancelled or job.refusal):
        st.markdown("**Stopped; nothing was stored.**" if job.is_cancelled else "**Nothing was stored.**")
        if job.refusal:
            st.text(job.refusal)
        st.button("Check again", key=f"again_{file.file_id}", on_click=_check, args=(store, file, file.options))
        return
    if file.stored:
        st.markdown(f"**{file.stored.incidents:,} incidents stored.**")
        return
    if seen is None:
        return
    if seen.refusal:
        with st.container(key=f"refused_{file.file_id}"):
            st.markdown("**This file cannot be imported; nothing was stored.**")
            st.text(
                f"{seen.refusal} It is the dataset {seen.already}." if seen.already else without_options(seen.refusal)
            )
    if seen.question:
        render_question(file, seen.question, lambda options: _check_again(store, file, options))
    if seen.report:
        _render_answers(store, file)
        _render_update(store, file)
        render_report(seen.report, file.file_id)
        if _names_no_country(seen.report.mapping) and not file.options.country:
            render_country(file, lambda options: _check_again(store, file, options))
    if seen.look:
        is_closed = is_sure(seen.look) if seen.report else seen.question is not None
        mapped = len(seen.look.mapping)
        words = f"Columns: {mapped:,} {'field' if mapped == 1 else 'fields'} from {len(seen.look.columns):,} columns"
        with st.expander(words, expanded=not is_closed, key=f"columns_{file.file_id}"):
            changed = render_mapping(file, seen.look)
        if changed is not None:
            _check_again(store, file, changed)


def _render_answers(store: Store, file: Incoming) -> None:
    """What was answered, and the way back."""
    options = file.options
    said = [
        DATES.get(options.dates or "", ""),
        options.country and f"country {options.country}",
        options.sheet and f"table {options.sheet}",
    ]
    answers = [each for each in said if each]
    if not answers:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text("As you answered: " + "; ".join(answers), width="content")
        asked = replace(options, dates=None, country=None, sheet=None)
        st.button("Ask again", key=f"ask_{file.file_id}", type="tertiary", on_click=_check, args=(store, file, asked))


def _names_no_country(mapping: dict[str, str]) -> bool:
    """Places are looked up by name, in no stated country."""
    return "country" not in mapping and "latitude" not in mapping and "coordinates" not in mapping


def _render_update(store: Store, file: Incoming) -> None:
    datasets = {dataset.dataset_id: dataset for dataset in store.datasets()}
    if not datasets:
        return
    chosen = st.selectbox(
        "Store it as", [None, *datasets], format_func=lambda name: _as_words(datasets.get(name)),
        index=[None, *datasets].index(file.update) if file.update in datasets else 0, key=f"update_{file.file_id}", width=480,
    )  # fmt: skip
    if chosen != file.update:
        file.update = chosen
        _check_again(store, file, file.options)


def _as_words(dataset: Dataset | None) -> str:
    return f"the next version of {dataset.name}" if dataset else _NEW


def _render_confirm(store: Store, files: list[Incoming]) -> None:
    ready = [file for file in files if file.is_ready]
    if not ready:
        return
    reports = [file.report for file in ready if file.report]
    incidents = sum(report.incidents for report in reports)
    words = f"Import {incidents:,} incidents" if incidents != 1 else "Import 1 incident"
    if len(ready) > 1:
        words = f"Import {len(ready):,} files, {incidents:,} incidents"
    changes = reports[0].changes if len(reports) == 1 else None
    if changes:
        words = f"Replace with {changes.new:,} new, {changes.changed:,} changed, {changes.gone:,} gone"
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(words, key="import_confirm", type="primary"):
            for file in ready:
                file.store(store)
            st.rerun()
        waiting = sum(file.is_open for file in files)
        if waiting:
            st.caption("1 file has an open question." if waiting == 1 else f"{waiting:,} files have an open question.")


def _go_on_when_stored(store: Store, files: list[Incoming]) -> None:
    """To the new data, once nothing is running and nothing is left to settle."""
    stored = [file.stored for file in files if file.stored]
    if not stored or any(file.running or file.is_open or file.is_ready for file in files):
        return
    if any(file.storing and not file.stored for file in files):
        return  # one of them was stopped or refused: it is said here
    made = [report.dataset for report in stored if report.dataset]
    datasets = store.datasets()
    is_newest_alone = len(made) == 1 and bool(datasets) and datasets[0].dataset_id == made[0]
    import_files.drop(lambda _: False)
    shown = EVERYTHING if is_newest_alone else EVERYTHING.with_(dataset=tuple(made))
    state.write(shown)
    state.select(None)
    st.switch_page(st.session_state["pages"]["explore"], query_params={"dataset": list(shown.dataset)})


def _remove(file_id: str) -> None:
    import_files.drop(lambda file: file.file_id != file_id)


def _check(store: Store, file: Incoming, options: ImportOptions) -> None:
    file.options = options
    file.check(store)


def _check_again(store: Store, file: Incoming, options: ImportOptions) -> None:
    _check(store, file, options)
    st.rerun()
