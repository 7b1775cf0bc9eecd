import pytest

from incidents.places.countries import find_country
from incidents.places.names import compact, fold, province_key, province_sound, sound


@pytest.mark.parametrize("text", ["Rāsak", "RASAK", " rasak ", "Ra\u200csak", "'Rasak"])
def test_case_marks_and_joiners_do_not_matter(text):
    assert fold(text) == "rasak"


def test_arabic_and_persian_letters_fold_alike():
    assert fold("كرمان") == fold("کرمان")
    assert fold("زابلي") == fold("زابلی")
    assert fold("میر‌جاوه") == fold("میرجاوه")


def test_digits_of_every_script_fold_to_ascii():
    assert fold("پاسگاه ۱۶").endswith("16")
    assert fold("١٦") == "16"


def test_initials_lose_their_points():
    assert fold("F.A.T.A.") == "fata"
    assert compact("D.I Khan") == "dikhan"


@pytest.mark.parametrize("text", ["Ar Raqqah", "Al-Raqqah", "ar-Raqqah", "Raqqah"])
def test_articles_do_not_matter(text):
    assert compact(text) == "raqqah"


def test_a_name_that_is_all_articles_stays():
    assert compact("Al An") == "alan"


@pytest.mark.parametrize(
    ("a", "b"), [("Qasr-e Qand", "Ghasr-e Ghand"), ("Iranshahr", "Eranshahr"), ("Nikshahr", "Nickshahr")]
)
def test_romanisations_of_one_name_sound_alike(a, b):
    assert sound(a) == sound(b)


def test_rask_does_not_sound_like_rasht_or_rusk():
    assert len({sound("Rask"), sound("Rasht"), sound("Rusk")}) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Sistan and Baluchestan", "Sistan-Baluchestan", "Sistan va Baluchestan", "Sistan & Baluchestan Province", "Ostan-e Sistan va Baluchestan",
        "Baluchestan va Sistan", "SISTAN BALUCHESTAN",
    ],
)  # fmt: skip
def test_spellings_of_one_province_share_a_key(text):
    assert province_key(text) == "baluchestan sistan"


@pytest.mark.parametrize("text", ["Sistan and Baluchistan", "Seistan and Balouchestan", "Sistan-o-Baloochestan"])
def test_romanisations_of_one_province_sound_alike(text):
    assert province_sound(text).split()[0] == province_sound("Sistan and Baluchestan").split()[0]


@pytest.mark.parametrize(
    ("text", "iso2"),
    [
        ("Iran", "IR"), ("IRN", "IR"), ("ir", "IR"), ("Iran (Islamic Republic of)", "IR"), ("ایران", "IR"), ("Islamic Republic of Iran", "IR"),
        ("Yemen (North Yemen)", "YE"), ("DR Congo (Zaire)", "CD"), ("Democratic Republic of Congo", "CD"), ("Congo", "CG"), ("Republic of Congo", "CG"),
        ("Myanmar (Burma)", "MM"), ("Bosnia-Herzegovina", "BA"), ("Serbia (Yugoslavia)", "RS"), ("Russia (Soviet Union)", "RU"),
        ("Cambodia (Kampuchea)", "KH"), ("Ivory Coast", "CI"), ("Côte d'Ivoire", "CI"), ("Syrian Arab Republic", "SY"), ("Türkiye", "TR"),
        ("United States of America", "US"), ("Viet Nam", "VN"), ("Namibia", "NA"), ("NA", "NA"), ("Palestine", "PS"), ("South Sudan", "SS"),
        ("Kingdom of eSwatini (Swaziland)", "SZ"), ("Zimbabwe (Rhodesia)", "ZW"), ("Republic of Korea", "KR"), ("North Korea", "KP"),
    ],
)  # fmt: skip
def test_the_fields_country_names_are_known(text, iso2):
    country = find_country(text)
    assert country is not None
    assert country.iso2 == iso2


@pytest.mark.parametrize("text", ["", None, "   ", "Freedonia", "Chabahar"])
def test_no_such_country_is_none(text):
    assert find_country(text) is None
