"""What the name of a property means, in XMP, in the texts of PNG, and in the keys of QuickTime."""

from typing import Final

from handbook.photos.disclosures import Kind

_NAMES: Final = {
    Kind.POSITION: (
        "gpslatitude gpslongitude gpsaltitude gpsposition gpscoordinates gpsdestlatitude gpsdestlongitude"
        " latitude longitude altitude position coordinates geo geotag location.iso6709 xyz"
    ),
    Kind.PLACE: (
        "city state province provincestate country countrycode countryname location sublocation worldregion"
        " locationcreated locationshown locationname locationid location.name location.body location.note"
        " gpsareainformation place venue"
    ),
    Kind.TIME: (
        "createdate modifydate metadatadate datetime datetimeoriginal datetimedigitized datecreated"
        " digitalcreationdate digitalcreationtime timecreated gpstimestamp gpsdatestamp gpsdatetime when"
        " creationdate creationtime date date.create date.modify date.timestamp creation.date"
        " location.date day"
    ),
    Kind.SERIAL: (
        "serialnumber bodyserialnumber cameraserialnumber internalserialnumber lensserialnumber imageuniqueid"
        " camera.identifier content.identifier contentidentifier deviceserialnumber"
    ),
    Kind.OWNER: (
        "creator artist author byline authorsposition captionwriter ownername cameraownername owner rights"
        " copyright copyrightnotice credit source ciadrextadr ciadrcity ciadrctry ciadrpcode ciadrregion"
        " ciemailwork citelwork ciurlwork photographer director producer publisher information hostcomputer"
        " webstatement usageterms"
    ),
    Kind.PEOPLE: "personinimage persondisplayname personname name",
    Kind.CAMERA: (
        "make model cameramodelname lens lensmake lensmodel lensinfo camera camera.lens.model manufacturer"
    ),
    Kind.SOFTWARE: (
        "software creatortool softwareagent processingsoftware firmware historysoftwareagent version encoder"
    ),
    Kind.THUMBNAIL: "image thumbnail thumbnails",
    Kind.TEXT: (
        "title description headline caption comment usercomment keywords subject instructions label"
        " displayname imagedescription alttextaccessibility extdescraccessibility disclaimer warning"
        " hierarchicalsubject documentname"
    ),
}
_KINDS: Final = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_PREFIXES: Final = ("com.apple.quicktime.", "com.android.")


def kind_of(name: str) -> Kind | None:
    """Return what a property is about, or None where it gives nothing away.

    `name` may have a prefix, as in `exif:GPSLatitude` or `com.apple.quicktime.make`.
    """
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    plain = "".join(letter for letter in name.lower() if letter not in " _-")
    kind = _KINDS.get(plain.replace(":", ".")) or _KINDS.get(plain.rpartition(":")[2])
    return kind or (Kind.PLACE if plain.startswith("location.") else None)
