"""The user's own gazetteer file: what is read, what is refused and why, and what the resolver gets."""

from pathlib import Path

import pytest

from incidents.model.errors import UnusableFile
from incidents.places.own_gazetteer import (
    Fault,
    OwnGazetteer,
    OwnPlace,
    from_text,
    parse_own_gazetteer,
    read_own_gazetteer,
)

HEADER = "name,district,province,country,latitude,longitude,source\n"
JAKIGOUR = "Jakigour,Rask,Sistan and Baluchestan,Iran,26.2014,61.4712,field team\n"
PLACE = OwnPlace(2, "Jakigour", "Rask", "Sistan and Baluchestan", "Iran", 26.2014, 61.4712, "field team")


def parsed(text: str) -> OwnGazetteer:
    return parse_own_gazetteer(text.encode(), "own.csv")


def only_fault(row: str) -> Fault:
    read = parsed(HEADER + row)
    assert read.places == ()
    (fault,) = read.faults
    return fault


def test_a_row_becomes_a_place() -> None:
    assert parsed(HEADER + JAKIGOUR).places == (PLACE,)


def test_a_file_is_named_and_hashed(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_bytes(b"\xef\xbb\xbf" + (HEADER + JAKIGOUR).encode())
    read = read_own_gazetteer(tmp_path / "own.csv")
    assert read.file == "own.csv"
    assert len(read.sha256) == 64
    assert read.places == (PLACE,)


@pytest.mark.parametrize(
    "header",
    [
        "Name;District;Province;Country;Latitude;Longitude;Source",
        "place;admin2;admin1;country;lat;lon;source",
        "Place Name;ADM2;ADM1;Country Code;LAT;LONG;Reference",
        "location;county;state;iso2;y;x;credit",
    ],
)
def test_headers_may_differ_a_little(header: str) -> None:
    assert parsed(header + "\n" + JAKIGOUR.replace(",", ";")).places == (PLACE,)


def test_columns_may_be_in_any_order_and_district_province_and_source_absent() -> None:
    assert parsed("longitude,latitude,country,name\n61.4712,26.2014,IRN,Jakigour\n").places == (
        OwnPlace(2, "Jakigour", None, None, "IRN", 26.2014, 61.4712, ""),
    )


def test_decimal_commas_and_persian_digits_are_read() -> None:
    rows = "A;;;Iran;26,2014;61,4712;\nB;;;Iran;۲۶٫۲۰۱۴;۶۱٫۴۷۱۲;\n"
    read = parsed(HEADER.replace(",", ";") + rows)
    assert [(place.latitude, place.longitude) for place in read.places] == [(26.2014, 61.4712), (26.2014, 61.4712)]


def test_line_numbers_count_blank_lines_and_line_breaks_in_cells() -> None:
    read = parsed(HEADER + '\nA,,,Iran,26,61,"one\ntwo"\nB,,,Iran,27,61,\n')
    assert [place.line for place in read.places] == [3, 5]
    assert read.read == 2


def test_quotes_against_spreadsheet_formulas_are_taken_off() -> None:
    assert parsed(HEADER + "'@Place,,,Iran,26,61,\n").places[0].name == "@Place"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",,,Iran,26,61,", Fault(2, "name", "", "empty")),
        ("A,,,,26,61,", Fault(2, "country", "", "empty")),
        ("A,,,Iran,,61,", Fault(2, "latitude", "", "empty")),
        ("A", Fault(2, "country", "", "empty")),
        ("A,,,Irann,26,61,", Fault(2, "country", "Irann", "no such country; give its name or ISO code")),
        ("A,,,Iran,26N,61,", Fault(2, "latitude", "26N", "not a number of degrees, such as 26.2368")),
        ("A,,,Iran,26,nan,", Fault(2, "longitude", "nan", "not a number of degrees, such as 26.2368")),
        ("A,,,Iran,26,1e1,", Fault(2, "longitude", "1e1", "not a number of degrees, such as 26.2368")),
        ("A,,,Iran,261,61,", Fault(2, "latitude", "261, 61", "latitude or longitude is out of range")),
        ("A,,,Iran,26,610,", Fault(2, "latitude", "26, 610", "latitude or longitude is out of range")),
        ("A,,,Iran,0,0,", Fault(2, "latitude", "0, 0", "latitude and longitude are both 0")),
        ("A,,,Iran,61.4,26.2,", Fault(2, "latitude", "61.4, 26.2", "latitude and longitude look swapped")),
        ("A,,,Iran,48.9,2.4,", Fault(2, "latitude", "48.9, 2.4", "far outside the country")),
        ('"A\nB",,,Iran,26,61,', Fault(2, "name", "A\nB", "a line break inside a cell; a quote may be missing")),
        (
            "A,,,Iran,26,2,61,3,",
            Fault(2, "", "3", "9 cells under 7 headers; quote cells that hold the delimiter"),
        ),
    ],
)
def test_a_row_that_cannot_be_used_is_listed_with_its_reason(row: str, fault: Fault) -> None:
    assert only_fault(row) == fault


def test_the_equator_and_the_zero_meridian_are_places() -> None:
    read = parsed(HEADER + "A,,,Kenya,0,37.5,\nB,,,Ghana,5.6,0,\n")
    assert [(place.latitude, place.longitude) for place in read.places] == [(0.0, 37.5), (5.6, 0.0)]


def test_a_repeated_place_is_listed_and_two_of_one_name_are_kept() -> None:
    read = parsed(HEADER + JAKIGOUR + JAKIGOUR.replace("field team", "map") + JAKIGOUR.replace("26.2", "27.2"))
    assert [place.line for place in read.places] == [2, 4]
    assert read.faults == (Fault(3, "name", "Jakigour", "the same place as on line 2"),)


def test_rows_read_are_places_and_faults() -> None:
    read = parsed(HEADER + JAKIGOUR + "A,,,Iran,north,61,\n\nB,,,Iran,27,61,\n")
    assert (read.read, len(read.places), len(read.faults)) == (3, 2, 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the gazetteer is empty"),
        (b"\n \n", "the gazetteer is empty"),
        (b"name,latitude,longitude\nA,1,2\n", "no column for country; found name, latitude, longitude"),
        (HEADER.encode() + b"Caf\xe9,,,Iran,26,61,\n", "line 2 is not UTF-8; save the gazetteer as CSV in UTF-8"),
        (HEADER.encode("utf-16"), "not UTF-8"),
        (HEADER.encode() + b"A\0,,,Iran,26,61,\n", "holds binary data"),
        (HEADER.encode() + b'"A,,,Iran,26,61,\nB,,,Iran,26,61,\n', "line 2 cannot be parted into cells"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(content: bytes, sentence: str) -> None:
    with pytest.raises(UnusableFile, match=f"own.csv: .*{sentence}"):
        parse_own_gazetteer(content, "own.csv")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match=r"own\.csv: cannot be read"):
        read_own_gazetteer(tmp_path / "own.csv")


def test_a_gazetteer_comes_back_from_the_catalogue_as_it_was() -> None:
    read = parsed(HEADER + JAKIGOUR + "B,,,Iran,27,61,\n")
    assert from_text(read.file, read.to_text()) == read
