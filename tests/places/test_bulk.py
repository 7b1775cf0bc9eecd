import csv

import pytest

from incidents.model.errors import UnusableFile
from incidents.places.bulk import geocode_csv


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_columns_of_the_answer_are_added(tmp_path, resolver):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        "place,admin1,country,mine\nRask,Sistan-Baluchestan,Iran,x\nXyzzy,,Freedonia,y\n", encoding="utf-8"
    )
    counts = geocode_csv(source, target, resolver)
    first, second = rows_of(target)
    assert first == {
        "place": "Rask", "admin1": "Sistan-Baluchestan", "country": "Iran", "mine": "x", "latitude": "26.2368", "longitude": "61.399",
        "geo_precision": "town", "geo_radius_km": "10", "geo_source": "gazetteer", "matched_name": "Rāsak", "matched_country": "Iran", "status": "matched",
    }  # fmt: skip
    assert (second["status"], second["latitude"], second["geo_radius_km"]) == ("not_found", "", "")
    assert counts == {"rows": 2, "matched": 1, "town": 1, "not_found": 1, "unlocated": 1}


def test_the_district_is_read_where_it_is_there(tmp_path, resolver):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("place,admin2,admin1,country\nXyzzy,Khash,Sistan-Baluchestan,Iran\n", encoding="utf-8")
    geocode_csv(source, target, resolver)
    assert rows_of(target)[0]["geo_precision"] == "district"


def test_a_file_without_a_place_column_is_refused(tmp_path, resolver):
    source = tmp_path / "in.csv"
    source.write_text("town,country\nRask,Iran\n", encoding="utf-8")
    with pytest.raises(UnusableFile, match=r'in\.csv: no column "place"; found town, country'):
        geocode_csv(source, tmp_path / "out.csv", resolver)
