"""Header words for each field, in the languages that files come in."""

import re
import unicodedata

_TABLE = """
source_id: id event_id incident_id eventid incident_no case_id record_id uid serial_no s_no sl_no no nr n identifiant numero شماره رقم
event_date: date event_date incident_date date_of_incident date_of_event event_date_start date_start start_date date_from attack_date occurred
    occurred_on datetime date_time time timestamp_of_event day_of_incident date_occurred reported_date_of_incident date_de_l_incident date_incident
    date_evenement date_de_l_evenement fecha fecha_del_hecho fecha_del_incidente fecha_incidente fecha_inicio datum data تاريخ تاریخ تاريخ_الحادث
    التاريخ تاریخ_حادثه تاريخ_الوفاة date_of_death death_date date_of_killing fecha_de_muerte date_du_deces eow
event_date_end: date_end end_date event_date_end date_to until date_fin date_de_fin fecha_fin fecha_final تاریخ_پایان تاريخ_النهاية
time_precision: time_precision date_prec date_precision
year: year iyear annee ano anio سال سنة السنة
month: month imonth mois mes ماه شهر الشهر
day: day iday jour dia روز يوم اليوم
event_type: event_type type incident_type type_of_incident attack_type attacktype category type_of_attack event_category type_of_event type_d_incident
    type_incident type_evenement type_d_evenement tipo tipo_de_hecho tipo_de_evento tipo_evento نوع نوع_حادثه نوع_الحادث weapon_type modality
    modalidad nature_of_incident
sub_event_type: sub_event_type subtype sub_type sous_type subtipo
actor1: actor1 actor_1 side_a perpetrator perpetrators attacker attackers group gname group_name armed_group actor auteur auteurs groupe_arme acteur
    acteur_1 perpetrador autor actor_armado grupo responsable killed_by گروه الفاعل الجهة عامل
actor2: actor2 actor_2 side_b target victim victims acteur_2 cible victime victimes objetivo victima victimas هدف الضحية
responsibility: responsibility claim claimed claimed_by_status
country: country country_name country_txt nation state_country pays pais کشور البلد الدولة دولة
admin1: admin1 adm1 adm_1 admin_1 province state governorate region1 provstate provincia departamento estado wilaya oblast province_state admin1_name
    adm1_name استان المحافظة محافظة ولاية ولایت region region_administrative
admin2: admin2 adm2 adm_2 admin_2 district county municipality admin2_name adm2_name cercle departement municipio agency tehsil شهرستان القضاء قضاء
    مديرية المديرية ولسوالی
location: location place town city village towns site place_name location_name city_town locality settlement area where lieu ville localite commune
    lugar ciudad localidad sitio شهر_محل محل مکان المكان المدينة مدينة الموقع شهرک محل_حادثه place_of_death location_of_death event_location place_of_incident place_killed
latitude: latitude lat y latitud lat_dd gps_latitude y_coord point_y عرض_جغرافیایی خط_العرض
longitude: longitude lon long lng x longitud lon_dd gps_longitude x_coord point_x طول_جغرافیایی خط_الطول
further_sites: further_sites
coordinates: coordinates coords geometry geom geom_wkt wkt the_geom point latlong lat_long lat_lon latlng gps geolocation coordonnees coordenadas مختصات الاحداثيات
geo_precision: geo_precision place_precision where_prec location_precision
fatalities_low: killed_low fatalities_low deaths_low low killed_min min_killed fatalities_min deaths_min minimum_killed minimum_people_killed
    killed_minimum
fatalities: fatalities killed deaths dead nkill fatality best death_toll number_killed no_killed people_killed total_killed number_of_deaths
    number_of_killed total_deaths total_fatalities persons_killed reported_fatalities toll morts tues nombre_de_morts deces muertos muertes fallecidos
    victimas_mortales numero_de_muertos asesinados کشته کشته_ها کشته_شدگان قتلى القتلى عدد_القتلى تعداد_کشته تعداد_کشته_شدگان
fatalities_high: killed_high fatalities_high deaths_high high killed_max max_killed fatalities_max deaths_max maximum_killed maximum_people_killed
    killed_maximum
fatalities_actor1: deaths_a killed_actor1 fatalities_actor1
fatalities_actor2: deaths_b killed_actor2 fatalities_actor2
fatalities_civilians: deaths_civilians killed_civilians civilians_killed civilian_deaths civilian_fatalities fatalities_civilians civils_tues
    civiles_muertos
fatalities_unknown: deaths_unknown killed_unknown fatalities_unknown
injured_low: injured_low wounded_low injured_min injured_minimum minimum_people_injured
injured: injured wounded nwound injuries number_injured no_injured people_injured total_injured number_of_injured number_of_wounded total_wounded
    persons_injured blesses nombre_de_blesses heridos lesionados numero_de_heridos زخمی زخمی_ها مجروح مجروحان مصدومان جرحى الجرحى عدد_الجرحى
    تعداد_زخمی
injured_high: injured_high wounded_high injured_max injured_maximum maximum_people_injured
casualties: casualties total_casualties number_of_casualties no_of_casualties casualty victimes_total تلفات ضحایا الضحایا خسائر
attackers_included: attackers_included
source: source sources outlet media_source source_office news_source fuente fuentes منبع المصدر مصدر
source_date: source_date published publication_date date_published report_date date_reported fecha_de_publicacion date_de_publication
source_url: source_url url link source_link web_link lien enlace لینک الرابط
notes: notes note description summary details remark remarks comment comments narrative incident_description event_description headline title resume
    commentaire commentaires descripcion observaciones notas شرح توضیحات ملاحظات وصف الوصف
"""
_ARABIC = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "\u200c": " ", "ـ": None}
)


def normal(header: str) -> str:
    """ "Date  of incident" -> "date_of_incident": lower case, no accents, one underscore for what parts the words."""
    text = unicodedata.normalize("NFKD", header.translate(_ARABIC).casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", "_", text).strip("_").replace("__", "_")


def _read_table() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    name = ""
    for word in _TABLE.split():
        if word.endswith(":"):
            name = word[:-1]
            found[name] = []
        else:
            found[name].append(word)
    return {name: tuple(words) for name, words in found.items()}


HEADER_WORDS = _read_table()
"""Field -> normalised header words (see `normal`): the earlier in a row, the surer. Weaker guesses come from the cells."""
BY_WORD: dict[str, str] = {normal(word): field for field, words in reversed(HEADER_WORDS.items()) for word in words}
"""Normalised header word -> field."""
