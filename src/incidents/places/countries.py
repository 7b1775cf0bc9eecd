"""Country names: every spelling the field uses, to ISO 3166 codes."""

import csv
from dataclasses import dataclass
from functools import cache

from incidents.model.resources import data_file
from incidents.places.names import fold, province_key

# UCDP's, ACLED's, GTD's and the UN's spellings, old names, and the region's own scripts; ISO codes and plain names come from data/countries.csv.
ALIASES = {
    "AE": "UAE|Emirates",
    "AF": "Afganistan|Islamic Republic of Afghanistan|Islamic Emirate of Afghanistan|افغانستان|أفغانستان",
    "BA": "Bosnia-Herzegovina|Bosnia|Bosnia & Herzegovina|BiH",
    "BF": "Burkina|Upper Volta",
    "BH": "Kingdom of Bahrain|البحرين",
    "BN": "Brunei Darussalam",
    "BO": "Bolivia (Plurinational State of)|Plurinational State of Bolivia",
    "BY": "Belorussia|Byelorussia",
    "CD": "DR Congo (Zaire)|DR Congo|DRC|Democratic Republic of Congo|Democratic Republic of the Congo|The Democratic Republic of the Congo|Zaire|Congo-Kinshasa"
    "|Congo, Democratic Republic of|Congo, The Democratic Republic of the|Congo (Kinshasa)|Dem. Rep. Congo|Congo, Dem. Rep.|République démocratique du Congo",
    "CF": "CAR|Central African Rep.|République centrafricaine",
    "CG": "Congo|Republic of Congo|Congo-Brazzaville|Congo (Brazzaville)|People's Republic of the Congo|Congo, Rep.|Congo, Republic of",
    "CI": "Ivory Coast|Cote d'Ivoire|Côte d'Ivoire|Cote dIvoire",
    "CN": "People's Republic of China|PRC|Mainland China",
    "CV": "Cape Verde|Cabo Verde",
    "CZ": "Czech Republic|Czechia|Czechoslovakia",
    "DE": "Federal Republic of Germany|West Germany|West Germany (FRG)|East Germany (GDR)|Germany (East)",
    "EG": "Arab Republic of Egypt|United Arab Republic|مصر",
    "ET": "Abyssinia",
    "FK": "Falkland Islands (Malvinas)",
    "FM": "Micronesia (Federated States of)|Federated States of Micronesia",
    "GB": "UK|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|United Kingdom of Great Britain and Northern Ireland",
    "GM": "The Gambia|Gambia, The",
    "GN": "Republic of Guinea|Guinea-Conakry",
    "GW": "Guinea Bissau",
    "HK": "Hong Kong SAR",
    "HR": "Republic of Croatia",
    "ID": "Republic of Indonesia",
    "IL": "State of Israel|إسرائيل",
    "IN": "Republic of India|Bharat|भारत",
    "IQ": "Republic of Iraq|العراق|عراق",
    "IR": "Islamic Republic of Iran|Iran (Islamic Republic of)|Iran, Islamic Rep.|Iran, Islamic Republic of|I.R. Iran|Persia|ایران|إيران|Irán|Иран",
    "JO": "Hashemite Kingdom of Jordan|الأردن",
    "KG": "Kyrgyz Republic|Kirghizia|Kirgizstan",
    "KH": "Cambodia (Kampuchea)|Kampuchea",
    "KP": "North Korea|Democratic People's Republic of Korea|DPRK|Korea, North|Korea (Democratic People's Republic of)|Korea, Dem. People's Rep.",
    "KR": "South Korea|Republic of Korea|Korea, South|Korea, Republic of|Korea, Rep.",
    "KW": "الكويت",
    "LA": "Lao People's Democratic Republic|Lao PDR|Lao",
    "LB": "Lebanese Republic|لبنان",
    "LK": "Sri Lanka (Ceylon)|Ceylon",
    "LY": "Libyan Arab Jamahiriya|Libyan Arab Republic|State of Libya|ليبيا",
    "MD": "Republic of Moldova|Moldova, Republic of|Moldavia",
    "MG": "Madagascar (Malagasy)|Malagasy Republic",
    "MK": "Macedonia|FYROM|The former Yugoslav Republic of Macedonia|Macedonia, FYR|North Macedonia|Macedonia, The former Yugoslav Republic of",
    "MM": "Myanmar (Burma)|Myanmar|Burma|Burma/Myanmar",
    "OM": "Sultanate of Oman|عمان",
    "PG": "New Guinea",
    "PK": "Islamic Republic of Pakistan|West Pakistan|پاکستان|باكستان|Pakistán|Пакистан",
    "PS": "Palestine|State of Palestine|Occupied Palestinian Territory|West Bank and Gaza|West Bank and Gaza Strip|Gaza Strip|Gaza|West Bank"
    "|Palestinian Territories|Palestinian Territory, Occupied|Palestine, State of|oPt|فلسطين",
    "QA": "State of Qatar|قطر",
    "RO": "Rumania",
    "RS": "Serbia (Yugoslavia)|Serbia|Yugoslavia|Serbia and Montenegro|Serbia-Montenegro|Federal Republic of Yugoslavia",
    "RU": "Russia (Soviet Union)|Russian Federation|Soviet Union|USSR|Россия",
    "SA": "Kingdom of Saudi Arabia|KSA|السعودية",
    "SD": "The Sudan|Republic of the Sudan|Republic of Sudan|السودان",
    "SO": "Somaliland|Federal Republic of Somalia|الصومال",
    "SS": "Republic of South Sudan|S. Sudan",
    "ST": "Sao Tome and Principe",
    "SV": "The Salvador",
    "SY": "Syrian Arab Republic|Syrian Arab Rep.|سوريا|سورية",
    "SZ": "Kingdom of eSwatini (Swaziland)|Kingdom of eSwatini|Swaziland|Eswatini",
    "TD": "Tchad|Republic of Chad",
    "TJ": "Tadzhikistan",
    "TL": "East Timor|Timor Leste|Timor-Leste",
    "TM": "Turkmenia",
    "TR": "Turkey|Türkiye|Turkiye|Republic of Turkey|Republic of Türkiye|ترکیه|تركيا",
    "TW": "Chinese Taipei|Taiwan, Province of China|Republic of China",
    "TZ": "United Republic of Tanzania|Tanzania, United Republic of|Tanganyika",
    "UA": "Україна|Украина",
    "US": "USA|United States of America|U.S.|U.S.A.",
    "VA": "Vatican City|Holy See|Vatican",
    "VE": "Venezuela (Bolivarian Republic of)|Bolivarian Republic of Venezuela|Venezuela, RB",
    "VN": "Viet Nam|Vietnam (North Vietnam)|Vietnam, North|South Vietnam|North Vietnam|Democratic Republic of Vietnam|Republic of Vietnam",
    "XK": "Republic of Kosovo|XKX|XKO",
    "YE": "Yemen (North Yemen)|Republic of Yemen|Yemen, Rep.|North Yemen|South Yemen|Yemen Arab Republic|People's Republic of Yemen|اليمن",
    "ZA": "Republic of South Africa|RSA",
    "ZW": "Zimbabwe (Rhodesia)|Rhodesia",
}

# Where a file states a country of which others hold the territory to be no part, its province tells where to look; the stated country stays.
TERRITORIES = {
    "IL": {"PS": "Gaza Strip|Gaza|West Bank|East Jerusalem|Palestine|Palestinian Territories"},
    "RS": {"XK": "Kosovo|Kosovo and Metohija|Kosovo i Metohija"},
    "MA": {"EH": "Western Sahara"},
    "SD": {"SS": "Upper Nile|Jonglei|Unity|Warrap|Lakes|Western Equatoria|Central Equatoria|Eastern Equatoria|Northern Bahr el Ghazal|Western Bahr el Ghazal"
    "|Northern Bahr-al-Ghazal|Western Bahr-al-Ghazal|Bahr el Jebel"},
    "ID": {"TL": "East Timor|Timor Timur"},
    "ET": {"ER": "Eritrea"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Country:
    """`latitude` is None for the few without a polygon."""

    iso2: str
    iso3: str
    name: str
    latitude: float | None
    longitude: float | None
    radius_km: float | None


@cache
def countries() -> dict[str, Country]:
    """Every country by ISO2."""
    found = {}
    with data_file("countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            point = [float(row[column]) if row[column] else None for column in ("latitude", "longitude", "radius_km")]
            found[row["iso2"]] = Country(row["iso2"], row["iso3"], row["name"], *point)
    return found


@cache
def _by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    with data_file("countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in (row["iso2"], row["iso3"], row["name"], *row["names"].split("|")):
                names.setdefault(_key(name), row["iso2"])
    for iso2, aliases in ALIASES.items():
        names.update({_key(name): iso2 for name in aliases.split("|")})
    names.pop("", None)
    return names


def _key(name: str) -> str:
    words = fold(name).split()
    return " ".join([word for word in words if word not in ("the", "and")] or words)


@cache
def territory(country: str, province: str) -> str | None:
    """ISO2 under which the gazetteer files this province of a stated country, if not under that country's own."""
    wanted = province_key(province)
    for iso2, names in TERRITORIES.get(country, {}).items():
        if any(province_key(name) == wanted for name in names.split("|")):
            return iso2
    return None


def find_country(text: str | None) -> Country | None:
    """The country of that name, code or old name; None when there is none such."""
    if not text or not text.strip():
        return None
    names = _by_name()
    iso2 = names.get(_key(text)) or names.get(_key(text.partition("(")[0]))
    return countries()[iso2] if iso2 else None
