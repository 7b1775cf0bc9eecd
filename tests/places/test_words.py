import pytest

from incidents.places.words import DISTRICT, PROVINCE, TOWN, VILLAGE, read_place


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Ar Raqqah town", "ar raqqah", TOWN),
        ("Kurram agency", "kurram", DISTRICT),
        ("Mirpura village", "mirpura", VILLAGE),
        ("Taftan County", "taftan", DISTRICT),
        ("Helmand province", "helmand", PROVINCE),
        ("city of Zahedan", "zahedan", TOWN),
        ("شهرستان تفتان", "tftn", DISTRICT),
        ("Rask", "rask", None),
    ],
)
def test_kind_words_are_taken_off_and_kept(text, name, kind):
    read = read_place(text)
    assert (read.names[0], read.kind, read.is_near) == (name, kind, False)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("near Rask", "rask"),
        ("outskirts of Quetta", "quetta"),
        ("Saravan border area", "saravan"),
        ("5 km north of Khash", "khash"),
        ("Silos east of Palmyra", "palmyra"),
        ("Sasoli border post", "sasoli"),
        ("Zahedan road", "zahedan"),
        ("Taftanaz Military Airbase", "taftanaz"),
        ("on the road to Zabol", "zabol"),
    ],
)
def test_words_that_lower_the_precision(text, name):
    read = read_place(text)
    assert read.is_near
    assert read.names[0] == name


@pytest.mark.parametrize(
    ("text", "ends", "is_line"),
    [
        ("Khash-Zahedan road", ("khash", "zahedan"), True),
        ("Khash – Zahedan highway", ("khash", "zahedan"), True),
        ("road from Khash to Zahedan", ("khash", "zahedan"), True),
        ("Road between Khash town and Zahedan town", ("khash", "zahedan"), True),
        ("Between Bandiagara and Bankass", ("bandiagara", "bankass"), False),
    ],
)
def test_two_ends_make_a_line(text, ends, is_line):
    read = read_place(text)
    assert (read.ends, read.is_line) == (ends, is_line)


def test_what_brackets_say_comes_second():
    assert read_place("Nahri Sarraj district (Greshk)").names[:2] == ("nahri sarraj", "nahri sarraj district")
    assert "greshk" in read_place("Nahri Sarraj district (Greshk)").names


def test_slash_gives_two_names():
    assert read_place("Karatepe / Qarah Tabbah village").names[:2] == ("karatepe", "qarah tabbah")


def test_a_name_that_is_only_a_kind_word_stays():
    assert read_place("Camp").names == ("camp",)
    assert read_place("").names == ()
