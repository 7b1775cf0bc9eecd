"""Words that stand for numbers, and words that stand before them."""

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_FRENCH = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
_SPANISH = "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis".split()
_PERSIAN = "صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده".split()
_ARABIC = "صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split()
NUMBERS: dict[str, int] = {
    **{word: i for words in (_ARABIC, _PERSIAN, _SPANISH, _FRENCH, _UNITS) for i, word in enumerate(words)},
    **{word: 20 + 10 * i for i, word in enumerate(_TENS)},
    "couple": 2, "pair": 2, "dozen": 12, "hundred": 100, "thousand": 1000, "una": 1, "une": 1, "single": 1, "بیست": 20, "صد": 100, "مئة": 100, "cien": 100, "cent": 100,
}  # fmt: skip

# ACLED's convention (FIELD.md 3.4): several, few 3; tens 10; dozens 12; hundreds 100.
LOOSE: dict[str, int] = {
    **dict.fromkeys("several few some many multiple numerous various plusieurs quelques varios varias algunos چند چندین عدة بضعة".split(), 3),
    **dict.fromkeys("tens dizaines decenas عشرات".split(), 10),
    **dict.fromkeys("dozens scores douzaines docenas ده‌ها".split(), 12),
    **dict.fromkeys("hundreds centaines cientos centenares مئات صدها".split(), 100),
    **dict.fromkeys("thousands milliers miles آلاف هزاران".split(), 1000),
}
OPEN_BELOW = (
    "at least", "atleast", "not less than", "no less than", "no fewer than", "minimum of", "minimum", "min.", "more than", "over", "above", "upwards of", "≥", ">=", ">",
    "au moins", "plus de", "al menos", "por lo menos", "más de", "mas de", "دست کم", "دست‌کم", "حداقل", "بیش از", "على الأقل", "أكثر من", "mindestens",
)  # fmt: skip
OPEN_ABOVE = ("up to", "at most", "no more than", "not more than", "as many as", "maximum of", "maximum", "max.", "less than", "fewer than", "under", "≤", "<=", "<", "jusqu'à", "hasta", "حداکثر")
APPROXIMATE = ("around", "about", "approximately", "approx.", "approx", "some", "nearly", "almost", "roughly", "circa", "ca.", "c.", "~", "≈", "est.", "estimated", "environ", "unos", "alrededor de", "حدود", "نحو", "حوالي")
UNKNOWNS = frozenset(
    ("unknown", "unk", "n/a", "na", "n.a.", "nan", "null", "none", "nil reported", "-", "–", "--", "?", "??", ".", "..", "...", "tbd", "tbc", "not known", "not reported", "not specified",
     "unspecified", "not available", "no data", "no information", "unclear", "undisclosed", "inconnu", "desconocido", "sin dato", "sin información", "نامشخص", "نامعلوم", "غير معروف", "مجهول", "#n/a", "n.d.", "nd", "x")
)  # fmt: skip
ZEROS = frozenset(("no", "nil", "zero", "no one", "nobody", "no casualties", "no deaths", "no fatalities", "no injuries", "none reported", "aucun", "ninguno", "هیچ", "لا يوجد", "o"))
