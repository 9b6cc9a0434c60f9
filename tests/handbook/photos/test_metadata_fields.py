"""The fields of EXIF, IPTC and XMP that Exiv2 knows, and what each of them discloses.

Exiv2, used through pyexiv2, writes each field alone into a JPEG file.
"""

from collections.abc import Iterator, Mapping

import pyexiv2
import pytest

from handbook.photos.disclosures import Category
from tests import media
from tests.handbook.photos.in_memory import scanned

EXIF = {
    Category.POSITION: "GPSInfo: GPSLatitude GPSLongitude GPSAltitude GPSDestLatitude GPSDestLongitude",
    Category.PLACE: "GPSInfo: GPSAreaInformation",
    Category.TIME: """
        GPSInfo: GPSTimeStamp GPSDateStamp
        Image: DateTime DateTimeOriginal PreviewDateTime
        Photo: DateTimeOriginal DateTimeDigitized OffsetTime OffsetTimeOriginal OffsetTimeDigitized""",
    Category.SERIAL: """
        Image: CameraSerialNumber
        Photo: BodySerialNumber LensSerialNumber ImageUniqueID""",
    Category.OWNER: """
        Image: Artist Copyright HostComputer XPAuthor
        Photo: CameraOwnerName Photographer ImageEditor""",
    Category.CAMERA: "Image: Make Model UniqueCameraModel CameraLabel\nPhoto: LensMake LensModel",
    Category.SOFTWARE: """
        Image: Software ProcessingSoftware
        Photo: CameraFirmware RAWDevelopingSoftware ImageEditingSoftware MetadataEditingSoftware""",
    Category.TEXT: """
        Image: DocumentName ImageDescription PageName XPTitle XPComment XPKeywords XPSubject ImageID
        Image: ImageHistory SecurityClassification ReelName
        Photo: UserComment RelatedSoundFile ImageTitle""",
    Category.HIDDEN: """
        Photo: MakerNote
        GPSInfo: GPSSatellites GPSSpeed GPSTrack GPSImgDirection GPSDestBearing GPSDestDistance
        GPSInfo: GPSProcessingMethod""",
}
IPTC = {
    Category.PLACE: """
        Application2: LocationCode LocationName City SubLocation ProvinceState CountryCode CountryName""",
    Category.TIME: """
        Application2: DateCreated TimeCreated DigitizationDate DigitizationTime ReleaseDate ReleaseTime
        Application2: ExpirationDate ExpirationTime ReferenceDate
        Envelope: DateSent TimeSent""",
    Category.OWNER: "Application2: Byline BylineTitle Credit Source Copyright Contact Writer",
    Category.SOFTWARE: "Application2: Program ProgramVersion",
    Category.TEXT: """
        Application2: ObjectName EditStatus FixtureId Keywords SpecialInstructions ReferenceNumber Headline
        Application2: TransmissionReference Caption Category SuppCategory Subject
        Envelope: Destination ServiceId EnvelopeNumber UNO""",
}
XMP = {
    Category.POSITION: """
        exif: GPSLatitude GPSLongitude GPSAltitude GPSDestLatitude GPSDestLongitude
        dwc: decimalLatitude decimalLongitude""",
    Category.PLACE: """
        photoshop: City State Country
        iptc: Location CountryCode
        iptcExt: LocationName Sublocation City ProvinceState CountryName CountryCode WorldRegion
        exif: GPSAreaInformation
        xmpDM: shotLocation
        dwc: locality country
        mediapro: Location
        dc: coverage""",
    Category.TIME: """
        xmp: CreateDate ModifyDate MetadataDate
        photoshop: DateCreated
        exif: DateTimeOriginal DateTimeDigitized GPSTimeStamp
        tiff: DateTime
        dc: date
        xmpDM: shotDate""",
    Category.SERIAL: """
        aux: SerialNumber LensSerialNumber
        exifEX: BodySerialNumber LensSerialNumber
        exif: ImageUniqueID
        iptcExt: DigImageGUID
        MicrosoftPhoto: CameraSerialNumber""",
    Category.OWNER: """
        dc: creator contributor rights publisher source
        tiff: Artist Copyright
        photoshop: AuthorsPosition CaptionWriter Credit Source
        xmpRights: Owner UsageTerms WebStatement
        aux: OwnerName
        exifEX: CameraOwnerName
        plus: ImageCreatorName CopyrightOwnerName LicensorName LicensorCity
        digiKam: CaptionsAuthorNames
        iptcExt: AOCreator
        xmpDM: artist""",
    Category.PEOPLE: """
        iptcExt: PersonInImage OrganisationInImageName OrganisationInImageCode AddlModelInfo ModelAge
        plus: MinorModelAgeDisclosure
        mediapro: People""",
    Category.CAMERA: """
        tiff: Make Model
        aux: Lens LensID LensInfo
        exifEX: LensMake LensModel
        xmpDM: cameraModel""",
    Category.SOFTWARE: "xmp: CreatorTool\ntiff: Software\naux: Firmware\nGPano: CaptureSoftware",
    Category.TEXT: """
        dc: title description subject identifier relation
        xmp: Label Identifier Nickname BaseURL
        xmpMM: PreservedFileName
        photoshop: Headline Instructions TransmissionReference Category SupplementalCategories History
        tiff: ImageDescription
        exif: UserComment RelatedSoundFile
        iptcExt: Event
        crs: RawFileName
        lr: hierarchicalSubject
        digiKam: TagsList
        MicrosoftPhoto: LastKeywordXMP
        xmpDM: shotName
        lr: weightedFlatSubject""",
    Category.HIDDEN: """
        xmpMM: DocumentID InstanceID OriginalDocumentID RenditionClass
        exif: GPSSpeed GPSTrack GPSImgDirection GPSProcessingMethod
        GPano: PoseHeadingDegrees
        crs: Exposure2012
        acdsee: rpp""",
}
# The values of the fields that are not text.
VALUES = {
    **dict.fromkeys(("GPSLatitude", "GPSLongitude", "GPSDestLatitude", "GPSDestLongitude"), "51/1 30/1 0/1"),
    **dict.fromkeys(("GPSAltitude", "GPSSpeed", "GPSTrack", "GPSImgDirection"), "30/1"),
    **dict.fromkeys(("GPSDestBearing", "GPSDestDistance"), "30/1"),
    **dict.fromkeys(("DateCreated", "DigitizationDate", "ReferenceDate", "DateSent"), "2024-05-01"),
    **dict.fromkeys(("ReleaseDate", "ExpirationDate"), "2024-05-01"),
    **dict.fromkeys(("TimeCreated", "DigitizationTime", "TimeSent"), "10:11:12+00:00"),
    **dict.fromkeys(("ReleaseTime", "ExpirationTime"), "10:11:12+00:00"),
    "GPSTimeStamp": "10/1 11/1 12/1",
    "MakerNote": "1 2 3 4",
}
# Fields that are a list of structures.
NESTED = {
    Category.PLACE: ("Xmp.iptcExt.LocationShown", "iptcExt:City"),
    Category.PEOPLE: ("Xmp.mwg-rs.Regions/mwg-rs:RegionList", "mwg-rs:Name"),
}
STANDARDS: Mapping[str, Mapping[Category, str]] = {"exif": EXIF, "iptc": IPTC, "xmp": XMP}


def _fields(standard: str) -> Iterator[tuple[str, Category]]:
    for category, lines in STANDARDS[standard].items():
        for line in lines.strip().splitlines():
            group, _, names = line.strip().partition(": ")
            yield from ((f"{standard.capitalize()}.{group}.{name}", category) for name in names.split())


def _written_with_exiv2(standard: str, field: str) -> bytes:
    return _with_exiv2(standard, {field: VALUES.get(field.rpartition(".")[2], "some text")})


def _with_exiv2(standard: str, values: Mapping[str, str]) -> bytes:
    with pyexiv2.ImageData(media.PLAIN["jpeg"]()) as image:
        getattr(image, f"modify_{standard}")(values)
        data: bytes = image.get_bytes()
        return data


@pytest.mark.parametrize("standard", STANDARDS)
def test_every_field_discloses_what_it_is_about(standard: str) -> None:
    categories = {
        field: [item.category for item in scanned(_written_with_exiv2(standard, field)).disclosures]
        for field, _category in _fields(standard)
    }
    assert categories == {field: [category] for field, category in _fields(standard)}


@pytest.mark.parametrize("category", NESTED)
def test_a_nested_field_discloses_what_it_is_about(category: Category) -> None:
    field, name = NESTED[category]
    data = _with_exiv2("xmp", {field: 'type="Bag"', f"{field}[1]/{name}": "some text"})
    assert [item.category for item in scanned(data).disclosures] == [category]
