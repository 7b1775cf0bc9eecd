"""The report of one check. Numbers and constant words make the HTML; what comes from the file is plain text or a table's cell."""

import html
from datetime import date

import pandas as pd
import streamlit as st

from incidents.ingest import Report
from incidents.ingest.report_files import NOTE_COLUMNS, REJECTED_COLUMNS, csv_lines
from incidents.ingest.update import BY_ID, Changes
from incidents.model.schema import GEO_PRECISIONS
from incidents.ui.import_wording import DELIMITERS, LAYOUTS
from incidents.ui.wording import PRECISION_WORDS, UNLOCATED, day, span

_SHADES = (1.0, 0.82, 0.7, 0.54, 0.4, 0.28, 0.34, 0.6)  # the surer the place, the stronger the colour
_EXAMPLES_HEIGHT = 215


def render_report(report: Report, key: str) -> None:
    st.html(f'<div class="cards">{"".join(_card(*parts) for parts in _cards(report))}</div>')
    st.text(_how_read(report))
    st.html(_places(report))
    if report.changes:
        _render_changes(report.changes)
    if report.rejected:
        _render_rejected(report, key)
    if len(report.note_examples):
        with st.expander(f"Repaired and doubtful: {report.repaired:,} rows repaired"):
            notes = report.note_examples.select(list(NOTE_COLUMNS)).to_pandas()
            st.dataframe(notes, hide_index=True, height="content" if len(notes) < 6 else _EXAMPLES_HEIGHT)
            st.caption("The first of them. After the import the list of datasets has all for download.")


def _card(value: str, words: str, beside: str) -> str:
    return f"<div><b>{value}</b><span>{words}</span><small>{beside}</small></div>"


def _cards(report: Report) -> list[tuple[str, str, str]]:
    same = f", {report.duplicates:,} the same as another" if report.duplicates else ""
    return [
        (f"{report.read:,}", "rows read", f"{report.kept:,} kept + {report.rejected:,} rejected"),
        (f"{report.incidents:,}", "incidents", f"{report.repaired:,} rows repaired{same}"),
        _days(report),
        _total(report, "fatalities", "reported fatalities"),
        _total(report, "injured", "reported injured"),
    ]


def _days(report: Report) -> tuple[str, str, str]:
    if not report.first_date or not report.last_date:
        return "none", "dates", ""
    first, last = date.fromisoformat(report.first_date), date.fromisoformat(report.last_date)
    years = f"{first.year}" if first.year == last.year else f"{first.year} – {last.year}"
    return years, "dates", f"{day(first)} to {day(last)}"


def _total(report: Report, name: str, words: str) -> tuple[str, str, str]:
    total = report.totals[name]
    if not total.known:
        return "not known", words, "no incident has a figure"
    without = f"; {total.unknown:,} without a figure" if total.unknown else ""
    return f"{total.best:,}", words, f"low {span(total).replace(' to ', ', high ')}{without}"


def _how_read(report: Report) -> str:
    layout = LAYOUTS.get(report.layout, report.layout)
    why = f" ({report.reason})" if report.reason else ""
    parts = [f"Layout: {layout}{why}", f"encoding {report.encoding}"]
    if report.delimiter:
        parts.append(f"delimiter {DELIMITERS.get(report.delimiter, report.delimiter)}")
    if report.mapping_remembered:
        parts.append("columns as they were mapped before for this header")
    return "; ".join(parts)


def _places(report: Report) -> str:
    """One bar of all incidents, by how precisely each place is known."""
    shares = [(name, report.places.get(name, 0), shade) for name, shade in zip(GEO_PRECISIONS, _SHADES, strict=True)]
    unlocated = report.places.get(UNLOCATED, 0)
    bar = "".join(f'<i style="flex-grow:{count};opacity:{shade}"></i>' for _, count, shade in shares if count)
    words = "".join(
        f'<span><i style="opacity:{shade}"></i>{html.escape(PRECISION_WORDS[name])} <b>{count:,}</b></span>'
        for name, count, shade in shares
        if count
    )
    if unlocated:
        bar += f'<i class="none" style="flex-grow:{unlocated}"></i>'
        words += f'<span><i class="none"></i>{PRECISION_WORDS[UNLOCATED]} <b>{unlocated:,}</b></span>'
    if ambiguous := report.places.get("ambiguous", 0):
        words += f"<span>one name, several places <b>{ambiguous:,}</b></span>"
    return f'<div class="known"><div>{bar}</div><p>{words}</p></div>'


def _render_rejected(report: Report, key: str) -> None:
    reasons = "; ".join(f"{reason} ({count:,})" for reason, count in report.reasons.items())
    st.text(f"Rejected: {reasons}")
    first = report.rejected_examples.select(list(REJECTED_COLUMNS)).to_pandas()
    st.dataframe(
        first, hide_index=True, height="content" if len(first) < 6 else _EXAMPLES_HEIGHT, alt="The first rejected rows"
    )
    rows = report.rejected_rows
    if rows is not None:
        st.download_button(
            "Download all rejected rows", data=lambda: "".join(csv_lines([rows], REJECTED_COLUMNS)).encode(),
            file_name="rejected.csv", mime="text/csv", key=f"check_rejected_{key}", on_click="ignore",
        )  # fmt: skip


def _render_changes(changes: Changes) -> None:
    how = (
        "the file's own numbers"
        if changes.matched_by == BY_ID
        else "content, since one of the two has no numbers of its own"
    )
    st.markdown(
        f"**{changes.new:,} new, {changes.changed:,} changed, {changes.gone:,} gone, {changes.same:,} the same**; matched by {how}."
    )
    if changes.examples:
        listed = pd.DataFrame(
            [(each.kind, each.source_id, each.date, each.place, each.what) for each in changes.examples],
            columns=["What", "Number", "Date", "Place", "From -> to"],
        )
        st.dataframe(
            listed,
            hide_index=True,
            height="content" if len(listed) < 9 else 300,
            alt="Examples of what the update changes",
        )
