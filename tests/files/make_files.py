# /// script
# dependencies = ["openpyxl>=3.1,<4", "xlwt>=1.3,<2", "pyarrow>=20"]
# ///
"""Writes the binary files of this folder, as Excel, pandas and archive programs would; run by hand, with `uv run`."""

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl.utils.datetime
import pyarrow as pa
import xlwt
from openpyxl.worksheet.worksheet import Worksheet
from pyarrow import parquet

HERE = Path(__file__).parent
HEADER = ["Date", "Town", "Country", "Killed", "Notes"]
ROWS = [
    [datetime(2024, 4, 3), "Rask", "Iran", 11, "first"],  # noqa: DTZ001
    ["5 April 2024", "Chabahar", "Iran", "at least 3", None],
    [datetime(2024, 4, 6, 12, 30), "Zabol", "Iran", None, "third"],  # noqa: DTZ001
]
TERMS = ["You may use these data under the following terms", "1. Cite the source", "2. Do not pass the rows on"]


def filled(sheet: Worksheet, rows: list[list[object]]) -> None:
    for row in rows:
        sheet.append(row)


def workbook(name: str, sheets: dict[str, list[list[object]]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        filled(book.create_sheet(title), rows)
    book.save(HERE / f"{name}.xlsx")
    return book


def workbooks() -> None:
    terms = [[line] for line in TERMS]
    workbook("sheet_behind_terms_of_use", {"Terms of use": terms, "Empty": [], "Data": [HEADER, *ROWS]})
    workbook(
        "sheet_with_codebook",
        {"Codebook": [["Field", "Type", "Description"], ["Date", "date", "day"]], "Events": [HEADER, *ROWS]},
    )
    workbook("sheets_of_two_years", {"2023": [HEADER, *ROWS[:1]], "2024": [HEADER, *ROWS]})
    workbook("sheet_chosen", {"2023": [HEADER, *ROWS[:1]], "2024": [HEADER, *ROWS]})
    workbook("sheet_unknown", {"2023": [HEADER, *ROWS[:1]], "2024": [HEADER, *ROWS]})
    workbook("workbook_without_rows", {"Sheet1": []})
    workbook("workbook_with_header_only", {"Sheet1": [HEADER]})
    workbook(
        "sheet_header_on_row_4",
        {"Data": [["Incidents of 2024"], [], ["As of May"], HEADER, *ROWS, [], ["TOTAL", None, None, 14]]},
    )
    workbook("sheet_carriage_returns", {"Data": [HEADER, ["2024-04-03", "Rask_x000D_", "Iran", 1, "a_x000D_\nb"]]})
    workbook(
        "sheet_dates_undecided",
        {"Data": [HEADER, ["03/04/2024", "Rask", "Iran", 1, ""], ["05/04/2024", "Rask", "Iran", 1, ""]]},
    )
    workbook(
        "sheet_dates_decided",
        {
            "Data": [
                HEADER,
                ["03/04/2024", "Rask", "Iran", 1, ""],
                [datetime(2024, 4, 5), "Rask", "Iran", 1, ""],  # noqa: DTZ001
                ["25/04/2024", "Rask", "Iran", 1, ""],
            ]
        },
    )
    workbook("sheet_day_numbers", {"Data": [HEADER, [45385, "Rask", "Iran", 2.0, ""], ["n/a", "Rask", "Iran", 1, ""]]})
    workbook(
        "sheet_with_hxl",
        {
            "Data": [
                ["When", "Where", "Dead"],
                ["#date+occurred", "#loc+name", "#affected+killed"],
                [datetime(2024, 4, 3), "Rask", 4],  # noqa: DTZ001
            ]
        },
    )
    workbook(
        "sheet_row_wider_than_header",
        {"Data": [["Date", "Town", "Killed"], ["2024-04-03", "Rask", 1], ["2024-04-04", "Zabol", 2, "see below"]]},
    )
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    filled(book.active, [HEADER, *ROWS[:1]])
    book.save(HERE / "sheet_of_1904.xlsx")


def old_workbooks() -> None:
    book = xlwt.Workbook()
    book.add_sheet("Terms").write(0, 0, TERMS[0])
    sheet = book.add_sheet("Data")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for column, title in enumerate(HEADER):
        sheet.write(0, column, title)
    for number, row in enumerate(ROWS, 1):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell, day) if isinstance(cell, datetime) else sheet.write(number, column, cell)
    book.save(str(HERE / "old_workbook.xls"))


def parquets() -> None:
    table = pa.table(
        {
            "event_date": pa.array([date(2024, 4, 3), date(2024, 4, 4), None]),
            "location": ["Rask", "Zabol", "Khash"],
            "fatalities": pa.array([11.0, None, 2.0]),
            "latitude": [26.24, 31.03, None],
            "longitude": [61.4, 61.5, None],
            "codes": pa.array([["a", "b"], [], None], pa.list_(pa.string())),
            "outlet": pa.array([{"name": "AFP"}, {"name": None}, {"name": "RFI"}]),
        }
    )
    parquet.write_table(table, HERE / "columns.parquet")
    (HERE / "columns_cut_off.parquet").write_bytes((HERE / "columns.parquet").read_bytes()[:-40])


def archives() -> None:
    table = "date,town,killed\n2024-04-03,Rask,11\n"
    archive(
        "archive_of_one", {"data/incidents.csv": table, "README.txt": "Cite us.", "__MACOSX/._incidents.csv": "\0\0"}
    )
    archive("archive_of_two", {"a.csv": table, "b.csv": table.replace("Rask", "Zabol")})
    archive("archive_member_chosen", {"a.csv": table, "b.csv": table.replace("Rask", "Zabol")})
    archive("archive_without_a_table", {"map.shp": "x", "map.dbf": "x"})
    archive("archive_of_json", {"incidents.json": json.dumps([{"date": "2024-04-03", "town": "Rask"}])})
    archive("archive_with_workbook", {"incidents.xlsx": (HERE / "sheet_behind_terms_of_use.xlsx").read_bytes()})
    archive("archive_in_archive", {"inner.zip.xlsx": (HERE / "archive_of_one.zip").read_bytes()})
    whole = (HERE / "archive_of_one.zip").read_bytes()
    (HERE / "archive_cut_off.zip").write_bytes(whole[: len(whole) // 2])


def archive(name: str, members: dict[str, str | bytes]) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for member, text in members.items():
            target.writestr(zipfile.ZipInfo(member), text)
    (HERE / f"{name}.zip").write_bytes(content.getvalue())


if __name__ == "__main__":
    workbooks()
    old_workbooks()
    parquets()
    archives()
