"""Small files for the tests of the Import page."""

from itertools import islice, product

KNOWN_HEADER = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,country,admin1,location,latitude,longitude,fatalities,notes"


def known(ids: range | list[int], changed: tuple[int, ...] = (), bad: bool = True) -> bytes:
    """ACLED's columns; `changed` ids have another toll; `bad` adds a row whose date cannot be read."""
    rows = [
        f"IRN{number},{number % 28 + 1:02} May 2024,Battles,Armed clash,Police,Unidentified,Iran,Sistan and Baluchestan,Zahedan,29.4963,60.8629,"
        f"{9 if number in changed else 2},note {number}"
        for number in ids
    ]
    if bad:
        rows.append(
            "IRN9999,no day at all,Battles,Armed clash,A,B,Iran,Sistan and Baluchestan,Zahedan,29.4963,60.8629,1,=HYPERLINK(1)"
        )
    return ("\n".join([KNOWN_HEADER, *rows]) + "\n").encode()


def slow(rows: int) -> bytes:
    """No two rows name the same town and none has coordinates: each is looked for by itself."""
    towns = (
        "".join(letters)
        for letters in product(("ka", "ro", "mi", "shan", "dar", "bel", "qu", "tur", "gha", "zi"), repeat=5)
    )
    lines = [
        f"IRN{number},02 May 2024,Battles,Armed clash,A,B,Iran,Sistan and Baluchestan,{town},,,2,note"
        for number, town in enumerate(islice(towns, rows))
    ]
    return ("\n".join([KNOWN_HEADER, *lines]) + "\n").encode()


AMBIGUOUS = b"""id,date,city,country,killed
1,03/04/2024,Zahedan,Iran,1
2,05/06/2024,Khash,Iran,2
"""

UNKNOWN = b"""ref,happened,spot,land,toll_a,toll_b
r1,2024-05-01,Zahedan,Iran,3,10
r2,2024-05-02,Khash,Iran,4,20
r3,2024-05-03,Saravan,Iran,5,30
"""

UNKNOWN_NEXT = b"""ref,happened,spot,land,toll_a,toll_b
r8,2024-06-01,Zahedan,Iran,1,100
r9,2024-06-02,Khash,Iran,1,200
"""
