"""Locations in XMP, whatever vocabulary, form and encoding they are in."""

import pytest

from handbook.photos.disclosures import Category, Disclosure
from tests import media
from tests.handbook.photos.in_memory import scanned

NAMESPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:d="http://www.dji.com/drone-dji/1.0/"'
    ' xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#" xmlns:georss="http://www.georss.org/georss"'
    ' xmlns:gml="http://www.opengis.net/gml" xmlns:a="http://purl.org/dc/elements/1.1/"'
    ' xmlns:b="http://ns.adobe.com/exif/1.0/" xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
    ' xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmlns:x="http://example.com/x/"'
    ' xmlns:cell="http://developer.sonyericsson.com/cell/1.0/"'
    ' xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"'
)


def packet_of(content: str, attributes: str = "") -> str:
    return f"<rdf:RDF {NAMESPACES}><rdf:Description {attributes}>{content}</rdf:Description></rdf:RDF>"


def _disclosures(packet: bytes) -> tuple[Disclosure, ...]:
    return scanned(media.jpeg_of(media.segment(0xE1, media.XMP_ADDRESS + packet))).disclosures


def _bag(*texts: str) -> str:
    return f"<rdf:Bag>{''.join(f'<rdf:li>{text}</rdf:li>' for text in texts)}</rdf:Bag>"


LOCATIONS = {
    "geo": "<geo:lat>51.5007</geo:lat><geo:long>-0.1246</geo:long>",
    "geo-altitude": "<geo:alt>35</geo:alt>",
    "georss": "<georss:point>51.5007 -0.1246</georss:point>",
    "gml": "<georss:where><gml:Point><gml:pos>51.5007 -0.1246</gml:pos></gml:Point></georss:where>",
    "drone": "<d:GpsLatitude>+51.5007</d:GpsLatitude><d:GpsLongtitude>-0.1246</d:GpsLongtitude>",
    "drone-height": "<d:RelativeAltitude>+35.10</d:RelativeAltitude>",
    "drone-correction": "<d:RtkLon>-0.1246</d:RtkLon>",
    "coverage": f"<a:coverage>{_bag('London')}</a:coverage>",
    "prism": "<prism:location>London</prism:location>",
    "unknown-position": "<x:homeLat>51.5</x:homeLat>",
    "unknown-place": "<x:birth_place>London</x:birth_place>",
    "other-language": "<x:ville>Paris</x:ville>",
    "other-alphabet": "<x:Ubicación>Madrid</x:Ubicación>",
    "compound-word": "<x:Aufnahmeort>Berlin</x:Aufnahmeort>",
    "cell": "<cell:cgi>240-07-4A2-1234</cell:cgi>",
    "cell-in-any-vocabulary": "<x:CellId>1234</x:CellId>",
    "natural-history": "<x:higherGeography>Europe</x:higherGeography>",
    "grid": "<x:MGRS>30UXC9931610164</x:MGRS>",
    "link-to-a-map": "<x:see>https://www.openstreetmap.org/#map=17/51.50070/-0.12460</x:see>",
    "short-link-to-a-map": "<x:see>https://maps.app.goo.gl/aB0cD</x:see>",
    "link-to-a-place": '<x:see rdf:resource="https://www.geonames.org/2643743/london.html"/>',
    "hiker": "<x:see>N 51° 30.042 W 0° 7.476</x:see>",
    "open-location-code": "<x:see>9C3XGV2F+7W</x:see>",
    "words-of-three-words": "<x:see>///filled.count.soap</x:see>",
    "drone-log": "<x:see>[ae:1][GPS:51.5007 -0.1246]</x:see>",
    "postal-code": "<x:PostalCode>10115</x:PostalCode>",
    "post-code": "<x:PostCode>EC1A 1BB</x:PostCode>",
    "three-words": "<x:what3words>///filled.count.soap</x:what3words>",
    "zip-code": "<x:ZipCode>94103</x:ZipCode>",
    "elevation": "<x:verbatimElevation>35 m</x:verbatimElevation>",
    "both-coordinates": "<x:latlng>51.5,-0.1</x:latlng>",
    "part-of-a-town": "<x:Borough>Camden</x:Borough>",
    "street": "<x:StreetAddress>1 Mill Lane</x:StreetAddress>",
    "part-of-a-place": f"<ext:LocationShown>{_bag('<x:Unknown>Mill Lane</x:Unknown>')}</ext:LocationShown>",
    "resource": '<x:near rdf:resource="geo:51.5007,-0.1246"/>',
    "keyword": f"<a:subject>{_bag('geotagged', 'geo:lat=51.5007', 'geo:lon=-0.1246')}</a:subject>",
    "branch-of-keywords": f"<lr:hierarchicalSubject>{_bag('Places|London')}</lr:hierarchicalSubject>",
    "caption": "<a:description>Seen at 51.50072, -0.12461</a:description>",
    "text-beside-the-properties": "lat=51.5007",
    "base-of-addresses": '<x:see xml:base="geo:51.5007,-0.1246"/>',
    "unknown-property-with-a-position": "<x:note>51,30.042N 0,7.476W</x:note>",
}


@pytest.mark.parametrize("name", LOCATIONS)
def test_a_location_is_found_in_every_vocabulary(name: str) -> None:
    assert [item for item in _disclosures(packet_of(LOCATIONS[name]).encode()) if item.is_location]


def test_an_attribute_says_as_much_as_an_element() -> None:
    position = Disclosure(Category.POSITION, media.POSITION)
    assert position in _disclosures(packet_of("", 'geo:lat="51.5007" geo:long="-0.1246"').encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_a_packet_of_every_encoding_is_read(encoding: str) -> None:
    packet = f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{packet_of(LOCATIONS["coverage"])}'
    assert _disclosures(packet.encode(encoding)) == (Disclosure(Category.PLACE, "London"),)


def test_a_property_that_nobody_knows_is_not_nothing() -> None:
    assert _disclosures(packet_of("<x:Flavor>7</x:Flavor>").encode()) == (
        Disclosure(Category.HIDDEN, "Flavor"),
    )


def test_how_the_picture_is_stored_discloses_nothing() -> None:
    assert _disclosures(packet_of("", 'tiff:Orientation="6" b:ExposureTime="1/60"').encode()) == ()


def test_a_text_is_shown_as_it_is_written() -> None:
    packet = packet_of(f"<a:description>{LINE}\n\u2028</a:description>").encode()
    assert _disclosures(packet) == (Disclosure(Category.TEXT, LINE),)


ZERO = "<b:GPSLatitude>0,0.0N</b:GPSLatitude><b:GPSLongitude>0,0.0E</b:GPSLongitude>"


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (ZERO, 0),
        (f"{ZERO}<b:GPSAltitude>0/1</b:GPSAltitude><b:GPSStatus>V</b:GPSStatus>", 0),
        ("<d:GpsLatitude>+0.00</d:GpsLatitude><d:GpsLongtitude>+0.00</d:GpsLongtitude>", 0),
        (f"{ZERO}<b:GPSMeasureMode>3</b:GPSMeasureMode>", 1),
        (f"{ZERO}<b:GPSStatus>A</b:GPSStatus>", 1),
        (ZERO.replace("0,0.0E", "0,7.0E"), 1),
    ],
)
def test_zero_without_a_fix_is_not_a_position(content: str, count: int) -> None:
    assert len([item for item in _disclosures(packet_of(content).encode()) if item.is_location]) == count


# What people and programs write, which scripts in a browser read as well.
WRITTEN_POSITIONS = (
    "https://www.openstreetmap.org/?mlat=51.5007&amp;mlon=-0.1246",
    "https://maps.google.com/?q=51.5007%2C-0.1246",
    "https://www.google.com/maps/place/A/data=!3d51.5007!4d-0.1246",
    "https://bing.com/maps?cp=51.5007~-0.1246",
    "51 deg 30' 2.52\" N, 0 deg 7' 28.56\" W",
    "51º30'26\"N",
    "48,8566° N, 2,3522° E",
    "48° 51′ 24″ nord",
    "latitude\u00a0: 48,8566",
    "lat 51.5007 lon -0.1246",
    "N51.5007 W0.1246",
    "N 51.5007, W 0.1246",
    "what3words: filled.count.soap",
    "geohash: gcpuvpk44",
    "MGRS: 30UXC9931610164",
    "30U XC 99316 10164",
    "GV4C+XV London",
    "51.50070 -0.12460",
    "51,5007; -0,1246",
    "51,5007 N 0,1246 W",
    "51.5° N, 0.1° W",
    "51°N 0°W",
    "Latitud: 51,5007",
    "Longitudine: 0,1246",
)
OTHER_NUMBERS = (
    "Crop 0.12345, 0.45678",
    "Version 1.23456, 2.34567, 3.45678",
    "f/2.8, 24.00 mm, 12.50 EUR",
    "The flat: 2.5 rooms",
    "A position: to be filled",
    "Distortion 6.01674404976449E-02",
    "A plate of 2 deg, an oven at 180 deg O",
    "It lasts long 1.234",
    "1.23456 2.34567 3.45678",
    "0.12345 0.45678",
    "Scale 1.23456 1.23456",
    "1,2345; 2,3456; 3,4567",
    "0,1234; 0,4567",
    "12,50; 24,00",
    "20° and 30°",
    "CFGH+PQ Berlin",
    "2345+67 May",
    "Power 0,1234 W, price 12,5000 S",
    "22X AB 1 2",
)
LINE = "L’été\u00a0: 👩\u200d👧 \u0645\u06cc\u200c\u0634\u0648\u062f"


@pytest.mark.parametrize("caption", WRITTEN_POSITIONS)
def test_a_position_is_found_however_it_is_written(caption: str) -> None:
    disclosures = _disclosures(packet_of(f"<a:description>{caption}</a:description>").encode())
    assert Category.POSITION in [item.category for item in disclosures]


@pytest.mark.parametrize("caption", OTHER_NUMBERS)
def test_numbers_of_something_else_are_not_a_position(caption: str) -> None:
    disclosures = _disclosures(packet_of(f"<a:description>{caption}</a:description>").encode())
    assert [item.category for item in disclosures] == [Category.TEXT]
