"""What the names of properties mean in XMP, in the texts of PNG and sound, and in the keys of films."""

import re
from typing import Final

from handbook.photos.disclosures import Category

_NAMES: Final = {
    Category.POSITION: (
        "gpslatitude gpslongitude gpsaltitude gpsposition gpscoordinates gpsdestlatitude gpsdestlongitude"
        " latitude longitude altitude position coordinates geo geotag location.iso6709 xyz lat lon long lng"
        " decimallatitude decimallongitude verbatimcoordinates footprintwkt utm mgrs usng easting northing"
        " gridreference gridref osgridref osgridreference elevation minimumelevationinmeters"
        " maximumelevationinmeters verbatimelevation mcc mnc lac cellid cgi"
    ),
    Category.PLACE: (
        "city state province provincestate country countrycode countryname location sublocation worldregion"
        " locationcreated locationshown locationname locationid location.name location.body location.note"
        " gpsareainformation place venue shotlocation locality county municipality stateprovince coverage"
        " compositionlocation recordinglocation iarl spatialcoverage spatial highergeography continent"
        " waterbody island islandgroup toponym placename"
    ),
    Category.TIME: (
        "createdate modifydate metadatadate datetime datetimeoriginal datetimedigitized datecreated"
        " digitalcreationdate digitalcreationtime timecreated gpstimestamp gpsdatestamp gpsdatetime when"
        " creationdate creationtime date date.create date.modify date.timestamp creation.date"
        " location.date day shotdate releasedate offsettime offsettimeoriginal offsettimedigitized timezone"
    ),
    Category.SERIAL: (
        "serialnumber bodyserialnumber cameraserialnumber internalserialnumber lensserialnumber imageuniqueid"
        " camera.identifier content.identifier contentidentifier deviceserialnumber digimageguid serialno"
    ),
    Category.OWNER: (
        "creator artist author byline authorsposition captionwriter ownername cameraownername owner rights"
        " copyright copyrightnotice credit source ciadrextadr ciadrcity ciadrctry ciadrpcode ciadrregion"
        " ciemailwork citelwork ciurlwork photographer director producer publisher information hostcomputer"
        " webstatement usageterms contributor aocreator captionsauthornames imagecreatorname"
        " imagesuppliername copyrightownername licensorname licensorcity licensorcountry licensoremail"
        " licensortelephone1 licensortelephone2 licensorurl licensorstreetaddress"
        " licensorextendedaddress licensorpostalcode licensorregion"
    ),
    Category.PEOPLE: (
        "personinimage persondisplayname personname name people organisationinimagename"
        " organisationinimagecode addlmodelinfo modelage minormodelagedisclosure"
    ),
    Category.CAMERA: (
        "make model cameramodel cameramodelname lens lensid lensmake lensmodel lensinfo camera"
        " camera.lens.model manufacturer modelname"
    ),
    Category.SOFTWARE: (
        "software creatortool softwareagent processingsoftware firmware historysoftwareagent version encoder"
        " capturesoftware"
    ),
    Category.THUMBNAIL: "image thumbnail thumbnails",
    Category.TEXT: (
        "title description headline caption comment usercomment keyword keywords categories subject"
        " instructions label displayname imagedescription alttextaccessibility"
        " extdescraccessibility disclaimer warning"
        " hierarchicalsubject documentname event category supplementalcategories transmissionreference"
        " lastkeywordxmp lastkeywordiptc tagslist identifier nickname rawfilename preservedfilename"
        " relatedsoundfile shotname history relation baseurl weightedflatsubject catalogsets"
    ),
    Category.HIDDEN: (
        "gpssatellites gpsspeed gpsspeedref gpstrack gpstrackref gpsimgdirection gpsimgdirectionref"
        " gpsdestbearing gpsdestbearingref gpsdestdistance gpsdestdistanceref gpsprocessingmethod"
        " location.accuracy.horizontal"
    ),
}
_CATEGORIES: Final = {name: category for category, names in _NAMES.items() for name in names.split()}
# How the picture is stored and shown, and how the camera was set. Source: XMP specification, part 2.
_TECHNICAL: Final = frozenset(
    "orientation imagewidth imagelength imageheight bitspersample compression photometricinterpretation"  # noqa: SIM905
    " samplesperpixel planarconfiguration ycbcrsubsampling ycbcrpositioning xresolution yresolution"
    " resolutionunit transferfunction whitepoint primarychromaticities ycbcrcoefficients referenceblackwhite"
    " exifversion flashpixversion colorspace componentsconfiguration compressedbitsperpixel pixelxdimension"
    " pixelydimension exposuretime fnumber exposureprogram isospeedratings photographicsensitivity"
    " sensitivitytype recommendedexposureindex shutterspeedvalue aperturevalue brightnessvalue"
    " exposurebiasvalue maxaperturevalue subjectdistance meteringmode lightsource fired return mode function"
    " redeyemode focallength focallengthin35mmfilm sensingmethod filesource scenetype customrendered"
    " exposuremode whitebalance digitalzoomratio scenecapturetype gaincontrol contrast saturation sharpness"
    " subjectdistancerange colormode iccprofile format hasextendedxmp rating urgency exifimagewidth"
    " exifimageheight gpsversionid gpsmapdatum gpsstatus gpsmeasuremode gpsdop gpsdifferential"
    " gpslatituderef gpslongituderef gpsaltituderef gpsdestlatituderef gpsdestlongituderef"
    " gpshpositioningerror latituderef longituderef altituderef versionid mapdatum measuremode".split()
)
_PREFIXES: Final = ("com.apple.quicktime.", "com.android.")
_WORD: Final = re.compile(r"[A-ZÀ-Þ]+(?![a-zß-ÿ])|[A-ZÀ-Þ]?[a-zß-ÿ]+")
_POSITION_PARTS: Final = re.compile(
    r"latitud|longt?itud|gps|geotag|geohash|geoloc|geopoint|georss|coordinat|altitude|iso6709"
    r"|what3words|pluscode|openlocationcode|coordonn|coordenad|koordinat|breitengrad|l(?:ä|ae)ngengrad"
)
_POSITION_WORDS: Final = frozenset("lat lon lng geo latlon latlng latlong coord coords w3w".split())  # noqa: SIM905
_PLACE_WORDS: Final = frozenset(
    "location locality place city town village country province county municipality address street venue"  # noqa: SIM905
    " landmark neighbourhood neighborhood district postcode zipcode sublocation birthplace hometown"
    " airport ville lieu pays adresse rue ort stadt land strasse aufnahmeort standort ciudad lugar calle"
    " ubicación ubicacion localidad luogo città plaats locatie suburb borough township hamlet parish canton"
    " commune prefecture nation bundesland dirección direccion país pais provincia comune località gemeente"
    " provincie".split()
)
_POSTAL_CODES: Final = tuple(frozenset((word, "code")) for word in ("post", "postal", "zip"))
_OTHER_ADDRESSES: Final = frozenset("email mail web url uri ip file path licensor creator contact".split())  # noqa: SIM905


def category_of(name: str) -> Category | None:
    """Return what a property discloses; None if its name is unknown.

    An unknown name that names a place or a position means what it says.
    `name` may have a prefix, as in `exif:GPSLatitude` or `com.apple.quicktime.make`.
    """
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    plain = _plain(name)
    category = _CATEGORIES.get(plain.replace(":", ".")) or _CATEGORIES.get(plain.rpartition(":")[2])
    if category is None and plain.startswith("location."):
        return Category.PLACE
    return category or (None if is_technical(name) else _meant(name.rpartition(":")[2]))


def is_technical(name: str) -> bool:
    """Tell whether a property says only how the picture is stored and shown, and how the camera was set."""
    return _plain(name).rpartition(":")[2] in _TECHNICAL


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter not in " _-")


def _meant(name: str) -> Category | None:
    words = {word.lower() for word in _WORD.findall(name)}
    if words & _POSITION_WORDS or _POSITION_PARTS.search(_plain(name)):
        return Category.POSITION
    is_place = words & _PLACE_WORDS or any(words >= code for code in _POSTAL_CODES)
    return Category.PLACE if is_place and not words & _OTHER_ADDRESSES else None
