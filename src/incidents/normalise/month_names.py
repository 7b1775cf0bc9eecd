"""Names of months and weekdays in the languages of the files."""

import difflib
import unicodedata

_GREGORIAN = (
    "january jan janvier janv enero ene januar janeiro gennaio يناير ژانویه كانون_الثاني jänner",
    "february feb febr fevrier fev febrero februar fevereiro febbraio فبراير فوریه شباط",
    "march mar mars marzo marz maerz marco مارس آذار",
    "april apr avril avr abril abr aprile ابريل آوریل نيسان أبريل",
    "may mai mayo maio maggio مايو مه می أيار ايار",
    "june jun juin junio juni junho giugno يونيو ژوئن حزيران",
    "july jul juillet juil julio juli julho luglio يوليو ژوئیه جولای تموز",
    "august aug aout agosto ago août أغسطس اغسطس اوت آگوست آب",
    "september sep sept septembre septiembre setembro settembre سبتمبر سپتامبر أيلول ايلول",
    "october oct octobre octubre oktober okt outubro ottobre أكتوبر اكتوبر اکتبر تشرين_الأول",
    "november nov novembre noviembre novembro نوفمبر نوامبر تشرين_الثاني",
    "december dec decembre diciembre dic dezember dez dezembro dicembre ديسمبر دسامبر كانون_الأول",
)
_JALALI = (
    "farvardin فروردین", "ordibehesht اردیبهشت", "khordad خرداد", "tir تیر", "mordad amordad مرداد", "shahrivar شهریور",
    "mehr مهر", "aban آبان", "azar آذر", "dey دی", "bahman بهمن", "esfand اسفند",
)  # fmt: skip
_HIJRI = (
    "muharram moharram محرم",
    "safar صفر",
    "rabi_al-awwal rabi_i rabi_al-awal rabee_al-awwal rabee_al-thaany_ ربیع‌الاول ربيع_الأول",
    "rabi_al-thani rabi_ii rabi_al-akhir rabee_al-thaany ربيع_الثاني",
    "jumada_al-awwal jumada_al-ula jumada_i jumaada_al-awal جمادى_الأولى",
    "jumada_al-thani jumada_al-thaniya jumada_al-akhira jumada_ii jumaada_al-thaany جمادى_الآخرة",
    "rajab رجب",
    "shaban shaaban sha'ban شعبان",
    "ramadan ramadhan ramazan رمضان",
    "shawwal shawal شوال",
    "dhu_al-qadah dhul_qadah dhu_al-qidah zulqada thul_qiadah ذو_القعدة",
    "dhu_al-hijjah dhul_hijjah dhu_al-hijja zulhijja thul_hijjah ذو_الحجة",
)
_WEEKDAYS = (
    "monday mon lundi lunes montag دوشنبه الاثنين",
    "tuesday tue tues mardi martes dienstag الثلاثاء",
    "wednesday wed mercredi miercoles mittwoch چهارشنبه الأربعاء",
    "thursday thu thur thurs jeudi jueves donnerstag پنجشنبه الخميس",
    "friday fri vendredi viernes freitag جمعه الجمعة",
    "saturday sat samedi sabado samstag شنبه السبت",
    "sunday sun dimanche domingo sonntag یکشنبه الأحد",
)
_LETTERS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "\u200c": "_", "ـ": None}
)


def folded(word: str) -> str:
    """Lower case without accents; one form of each Arabic letter."""
    if word.isascii():
        return word.lower()
    text = unicodedata.normalize("NFKD", word.translate(_LETTERS).lower())
    return "".join(c for c in text if not unicodedata.combining(c))


def _numbered(names: tuple[str, ...]) -> dict[str, int]:
    return {folded(word): i for i, words in enumerate(names, 1) for word in words.split()}


GREGORIAN = _numbered(_GREGORIAN)
JALALI = _numbered(_JALALI)
HIJRI = _numbered(_HIJRI)
WEEKDAYS = {word: i - 1 for word, i in _numbered(_WEEKDAYS).items()}
_ENGLISH = [words.split()[0] for words in _GREGORIAN]
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAMES = tuple(word.capitalize() for word in _ENGLISH)


def misspelt_month(word: str) -> int | None:
    """februray -> 2; None where no month, or more than one, is close."""
    if len(word) < 4 or word in WEEKDAYS:
        return None
    close = difflib.get_close_matches(word, _ENGLISH, n=2, cutoff=0.75)
    if not close or difflib.get_close_matches(word, list(WEEKDAYS), n=1, cutoff=0.8):
        return None
    return _ENGLISH.index(close[0]) + 1
