"""Names of one place that have "and" in them."""

import csv
from functools import lru_cache

from incidents.model.resources import data_file
from incidents.normalise.folding import fold_words

_GENERAL = """
Sistan and Baluchestan|Sistan and Baluchistan|Sistan and Balochistan|Sistan & Baluchestan|Sistan va Baluchestan|Sib and Suran|Sib & Suran|
Kohgiluyeh and Boyer-Ahmad|Kohgiluyeh and Buyer Ahmad|Chaharmahal and Bakhtiari|Chahar Mahaal and Bakhtiari|Azad Jammu & Kashmir|Azad Jammu and Kashmir|
Jammu and Kashmir|Jammu & Kashmir|Andaman and Nicobar|Andaman and Nicobar Islands|Dadra and Nagar Haveli|Dadra and Nagar Haveli and Daman and Diu|Daman and Diu|
Bosnia and Herzegovina|Trinidad and Tobago|Antigua and Barbuda|Saint Kitts and Nevis|St. Kitts and Nevis|Sao Tome and Principe|São Tomé and Príncipe|
Saint Vincent and the Grenadines|Saint Pierre and Miquelon|Turks and Caicos Islands|Wallis and Futuna|Tyne and Wear|Newfoundland and Labrador|
Castilla y León|Castile and León|Alpes-de-Haute-Provence|Ille-et-Vilaine|Dumfries and Galloway|Perth and Kinross|Argyll and Bute|
Brighton and Hove|Redcar and Cleveland|Armagh City, Banbridge and Craigavon|Heard Island and McDonald Islands|
South Georgia and the South Sandwich Islands|Svalbard and Jan Mayen|Serbia and Montenegro|Schleswig und Holstein|
سیستان و بلوچستان|سیب و سوران|کهگیلویه و بویراحمد|چهارمحال و بختیاری
"""


@lru_cache(maxsize=1)
def single_names() -> frozenset[str]:
    """Folded; the list here and those names of data/places.csv that have "and" in them."""
    names = {name.strip() for name in _GENERAL.replace("\n", "").split("|")}
    try:
        with data_file("places.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                names.update(
                    cell for cell in row.values() if cell and " and " in cell and len(cell) < 80 and ";" not in cell
                )
    except FileNotFoundError:
        pass  # the supplement is not needed to read a file
    folded = {fold_words(name) for name in names if name}
    return frozenset(folded)
