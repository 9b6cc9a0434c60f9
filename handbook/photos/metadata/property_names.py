"""What the names of properties mean in XMP, in the texts of PNG, and in the keys of QuickTime."""

from typing import Final

from handbook.photos.disclosures import Category

_NAMES: Final = {
    Category.POSITION: (
        "gpslatitude gpslongitude gpsaltitude gpsposition gpscoordinates gpsdestlatitude gpsdestlongitude"
        " latitude longitude altitude position coordinates geo geotag location.iso6709 xyz"
        " decimallatitude decimallongitude verbatimcoordinates footprintwkt"
    ),
    Category.PLACE: (
        "city state province provincestate country countrycode countryname location sublocation worldregion"
        " locationcreated locationshown locationname locationid location.name location.body location.note"
        " gpsareainformation place venue shotlocation locality county municipality stateprovince"
    ),
    Category.TIME: (
        "createdate modifydate metadatadate datetime datetimeoriginal datetimedigitized datecreated"
        " digitalcreationdate digitalcreationtime timecreated gpstimestamp gpsdatestamp gpsdatetime when"
        " creationdate creationtime date date.create date.modify date.timestamp creation.date"
        " location.date day shotdate releasedate offsettime offsettimeoriginal offsettimedigitized"
    ),
    Category.SERIAL: (
        "serialnumber bodyserialnumber cameraserialnumber internalserialnumber lensserialnumber imageuniqueid"
        " camera.identifier content.identifier contentidentifier deviceserialnumber digimageguid"
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
        " camera.lens.model manufacturer"
    ),
    Category.SOFTWARE: (
        "software creatortool softwareagent processingsoftware firmware historysoftwareagent version encoder"
        " capturesoftware"
    ),
    Category.THUMBNAIL: "image thumbnail thumbnails",
    Category.TEXT: (
        "title description headline caption comment usercomment keywords subject instructions label"
        " displayname imagedescription alttextaccessibility extdescraccessibility disclaimer warning"
        " hierarchicalsubject documentname event category supplementalcategories transmissionreference"
        " lastkeywordxmp lastkeywordiptc tagslist identifier nickname rawfilename preservedfilename"
        " relatedsoundfile shotname history relation baseurl coverage"
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
