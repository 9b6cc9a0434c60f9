"""What the names of properties mean in XMP, in the texts of PNG, and in the keys of QuickTime."""

from typing import Final

from handbook.photos.disclosures import Category

_NAMES: Final = {
    Category.POSITION: (
        "gpslatitude gpslongitude gpsaltitude gpsposition gpscoordinates gpsdestlatitude gpsdestlongitude"
        " latitude longitude altitude position coordinates geo geotag location.iso6709 xyz"
    ),
    Category.PLACE: (
        "city state province provincestate country countrycode countryname location sublocation worldregion"
        " locationcreated locationshown locationname locationid location.name location.body location.note"
        " gpsareainformation place venue"
    ),
    Category.TIME: (
        "createdate modifydate metadatadate datetime datetimeoriginal datetimedigitized datecreated"
        " digitalcreationdate digitalcreationtime timecreated gpstimestamp gpsdatestamp gpsdatetime when"
        " creationdate creationtime date date.create date.modify date.timestamp creation.date"
        " location.date day"
    ),
    Category.SERIAL: (
        "serialnumber bodyserialnumber cameraserialnumber internalserialnumber lensserialnumber imageuniqueid"
        " camera.identifier content.identifier contentidentifier deviceserialnumber"
    ),
    Category.OWNER: (
        "creator artist author byline authorsposition captionwriter ownername cameraownername owner rights"
        " copyright copyrightnotice credit source ciadrextadr ciadrcity ciadrctry ciadrpcode ciadrregion"
        " ciemailwork citelwork ciurlwork photographer director producer publisher information hostcomputer"
        " webstatement usageterms"
    ),
    Category.PEOPLE: "personinimage persondisplayname personname name",
    Category.CAMERA: (
        "make model cameramodelname lens lensmake lensmodel lensinfo camera camera.lens.model manufacturer"
    ),
    Category.SOFTWARE: (
        "software creatortool softwareagent processingsoftware firmware historysoftwareagent version encoder"
    ),
    Category.THUMBNAIL: "image thumbnail thumbnails",
    Category.TEXT: (
        "title description headline caption comment usercomment keywords subject instructions label"
        " displayname imagedescription alttextaccessibility extdescraccessibility disclaimer warning"
        " hierarchicalsubject documentname"
    ),
}
_CATEGORIES: Final = {name: category for category, names in _NAMES.items() for name in names.split()}
_PREFIXES: Final = ("com.apple.quicktime.", "com.android.")


def category_of(name: str) -> Category | None:
    """Return what a property discloses, or None if it gives nothing away.

    `name` may have a prefix, as in `exif:GPSLatitude` or `com.apple.quicktime.make`.
    """
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    plain = "".join(letter for letter in name.lower() if letter not in " _-")
    category = _CATEGORIES.get(plain.replace(":", ".")) or _CATEGORIES.get(plain.rpartition(":")[2])
    return category or (Category.PLACE if plain.startswith("location.") else None)
