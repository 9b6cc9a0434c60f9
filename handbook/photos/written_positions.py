"""Positions and places that people and programs write into texts that are meant for something else."""

import re
from typing import Final

_NUMBER: Final = r"[+-]?\d{1,3}\.\d"
_DEGREE: Final = "(?:[°º˚]|deg)"
_SIDE: Final = r"(?:[NSEWO]|(?i:nord|north|sud|south|est|east|ouest|west))\b"
_ITUDE: Final = "itud(?:e|ine)?"
# Each form says itself that it is a position. Two numbers alone are one only if they are as long as those of
# a map, and not both below 1, as those that say where in a picture something is.
_FORMS: Final = (
    # lat=51.5, "GpsLongitude": "51.5", latitude: 51/1
    rf"(?i:(?<![a-z])(?:gps|m)?[ _-]?(?:lat(?:{_ITUDE})?|lng|long?(?:t?{_ITUDE})?|breitengrad|längengrad))"
    r"[\"'\]\s]{0,2}[:=][\"'\[\s]{0,2}[+-]?\d{1,3}[.,/°]\s?\d+",
    rf"\b(?i:lat(?:{_ITUDE})?)\s[+-]?\d{{1,2}}[.,]\d{{3,}}",
    # geo:51.5,-0.12, and addresses of maps
    rf"\bgeo:{_NUMBER}\d*,\s?{_NUMBER}\d*|[@=?/]{_NUMBER}\d{{2,}}(?i:,|%2c|~){_NUMBER}\d{{2,}}",
    rf"#map=\d{{1,2}}/{_NUMBER}\d*/{_NUMBER}\d*|!3d{_NUMBER}\d*!4d{_NUMBER}\d*",
    r"\b(?:maps\.app\.goo\.gl|goo\.gl/maps|w3w\.co|what3words\.com|plus\.codes)/[^\s\"'<>]{3,80}",
    r"\bgeonames\.org/\d{3,12}\b",
    # An open location code, three words, and other codes with their name
    r"\b[23456789CFGHJMPQRVWX]{8}\+[23456789CFGHJMPQRVWX]{2,3}\b",
    r"\b(?=[A-Z]{0,3}\d)[23456789CFGHJMPQRVWX]{4}\+[23456789CFGHJMPQRVWX]{2,3},?\s"
    r"(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b)[A-Z][a-z]{2}",
    r"(?<![\w:/])///[a-z]{3,20}\.[a-z]{3,20}\.[a-z]{3,20}\b(?!\.)",
    r"\b(?i:what3words|w3w)[:= ]{1,3}[a-z]{3,20}\.[a-z]{3,20}\.[a-z]{3,20}\b",
    r"\b(?i:geohash)[:= ]{1,3}[\da-z]{5,12}\b|\b(?i:mgrs|usng)[:= ]{1,3}\d{1,2}[C-X] ?[A-Z]{2}",
    r"\b\d{1,2}[C-X] [A-HJ-NP-Z]{2} \d{4,5} \d{4,5}\b",
    # ISO 6709, as in films
    r"(?<![\d.])[+-]\d{2,6}\.\d+[+-]\d{3,7}\.\d+",
    # Degrees, minutes and seconds with their signs, and 51,30.04N of XMP
    rf"\b\d{{1,3}}\s?{_DEGREE}\s?\d{{1,2}}(?:[.,]\d+)?\s?['′’]\s?"
    rf"(?:\d{{1,2}}(?:[.,]\d+)?\s?(?:[\"″”]|'')\s?)?{_SIDE}",
    r"\b\d{1,3},\d{1,2}(?:\.\d+|,\d{1,2}(?:\.\d+)?)[NSEW]\b",
    # N 51° 30.042, as hikers write it
    rf"\b[NSEWO]\s?\d{{1,3}}\s?{_DEGREE}\s?\d{{1,2}}(?:\.\d{{1,4}}|\s?['′’])",
    # 51.5° N, 0.1° W
    rf"\b\d{{1,2}}(?:[.,]\d+)?\s?{_DEGREE}\s?[NS][,;]?\s{{0,2}}\d{{1,3}}(?:[.,]\d+)?\s?{_DEGREE}\s?[EWO]\b",
    # 51.5007° N, but not 1.2345E-02; and N 51.5007 W 0.1246
    rf"\b\d{{1,3}}(?:[.,]\d{{2,}}\s?{_DEGREE}\s?{_SIDE}|\.\d{{4,}}\s?[NSEW]\b(?![+-]\d))",
    r"\b\d{1,2}[.,]\d{3,}\s?[NS][,;]?\s{0,2}\d{1,3}[.,]\d{3,}\s?[EWO]\b",
    r"\b[NS]\s?\d{1,2}[.,]\d{3,}\s?°?[,;]?\s{0,2}[EWO]\s?\d{1,3}[.,]\d{3,}",
    # What satellite receivers say
    r"\$(?:G[NPLAB]|BD)(?:RMC|GGA|GLL|GNS),[\d.]*,[^\s*]{10,80}",
    # Well-known text, and GPS (51.5,-0.12,35) of drones
    r"\b(?i:POINT) ?Z? ?\(\s?[+-]?\d{1,3}\.\d+ [+-]?\d{1,3}\.\d+[^()]{0,20}\)?",
    r"\b(?i:GPS|HOME)[ :]{0,2}\(\s?[+-]?\d{1,3}\.\d+,\s?[+-]?\d{1,3}\.\d+[^()]{0,20}\)?",
    r"\b(?i:GPS)[ :=]{1,3}[+-]?\d{1,3}\.\d{2,}[ ,;]{1,2}[+-]?\d{1,3}\.\d{2,}",
    r"(?<![\d.,+-])(?<!\d, )(?![+-]?0\.\d+\s?[,;]\s?[+-]?[01]\.)[+-]?\d{1,2}\.\d{4,}\s?[,;]"
    r"\s?[+-]?\d{1,3}\.\d{4,}(?![\d.]|\s?[,;]\s?[+-]?\d+\.\d{4})",
    # The same with the commas of many languages; and with a space, if there is nothing else
    r"(?<![\d.,+-])(?<!\d; )(?![+-]?0,\d+\s?;\s?[+-]?[01],)[+-]?\d{1,2},\d{4,}\s?;"
    r"\s?[+-]?\d{1,3},\d{4,}(?!,?\d|\s?;\s?[+-]?\d+,\d{4})",
    r"^\s*(?![+-]?0\.\d+\s+[+-]?[01]\.)[+-]?\d{1,2}\.\d{5,}\s+[+-]?\d{1,3}\.\d{5,}\s*$",
)
_POSITION: Final = re.compile("|".join(f"(?:{form})" for form in _FORMS))
# The branch of a tree of keywords that photo programs keep for places.
_BRANCH: Final = re.compile(
    r"^\s*(?:places?|locations?|geo(?:tag)?s?|lieux|orte)\s*[|/\\]\s*(\S.*)", re.IGNORECASE
)
_NOWHERE: Final = re.compile(r"[^1-9]*(?<![A-Za-z0])0[^1-9]*")
_MAX_LETTERS: Final = 4_000


def written_position(text: str) -> str:
    """Return the position that a text states; empty if it states none, or the one without a fix: 0, 0."""
    for match in _POSITION.finditer(text[:_MAX_LETTERS]):
        if not _NOWHERE.fullmatch(match[0]):
            return match[0].strip()
    return ""


def written_place(keyword: str) -> str:
    """Return the place that a keyword such as `Places|London` names; empty if it names none."""
    branch = _BRANCH.match(keyword[:_MAX_LETTERS])
    return branch[1] if branch else ""
