/* What the names of properties mean in XMP, in the texts of PNG, and in the keys of films. */
import * as tell from "../disclosures.js"

const CATEGORIES = new Map([
  [tell.POSITION,
    "gpslatitude gpslongitude gpsaltitude gpsposition gpscoordinates gpsdestlatitude gpsdestlongitude"
    + " latitude longitude altitude position coordinates geo geotag location.iso6709 xyz lat lon long lng"
    + " decimallatitude decimallongitude verbatimcoordinates footprintwkt utm mgrs usng easting northing"
    + " gridreference gridref osgridref osgridreference elevation minimumelevationinmeters"
    + " maximumelevationinmeters verbatimelevation mcc mnc lac cellid cgi"],
  [tell.PLACE,
    "city state province provincestate country countrycode countryname location sublocation worldregion"
    + " locationcreated locationshown locationname locationid location.name location.body location.note"
    + " gpsareainformation place venue shotlocation locality county municipality stateprovince coverage"
    + " compositionlocation recordinglocation iarl spatialcoverage spatial highergeography continent waterbody"
    + " island islandgroup toponym placename"],
  [tell.TIME,
    "createdate modifydate metadatadate datetime datetimeoriginal datetimedigitized datecreated"
    + " digitalcreationdate digitalcreationtime timecreated gpstimestamp gpsdatestamp gpsdatetime when"
    + " creationdate creationtime date date.create date.modify date.timestamp creation.date location.date day"
    + " shotdate releasedate offsettime offsettimeoriginal offsettimedigitized timezone"],
  [tell.SERIAL,
    "serialnumber bodyserialnumber cameraserialnumber internalserialnumber lensserialnumber imageuniqueid"
    + " camera.identifier content.identifier contentidentifier deviceserialnumber digimageguid serialno"],
  [tell.OWNER,
    "creator artist author byline authorsposition captionwriter ownername cameraownername owner rights"
    + " copyright copyrightnotice credit source ciadrextadr ciadrcity ciadrctry ciadrpcode ciadrregion"
    + " ciemailwork citelwork ciurlwork photographer director producer publisher information hostcomputer"
    + " webstatement usageterms contributor aocreator captionsauthornames imagecreatorname imagesuppliername"
    + " copyrightownername licensorname licensorcity licensorcountry licensoremail licensortelephone1"
    + " licensortelephone2 licensorurl licensorstreetaddress licensorextendedaddress licensorpostalcode"
    + " licensorregion"],
  [tell.PEOPLE,
    "personinimage persondisplayname personname name people organisationinimagename organisationinimagecode"
    + " addlmodelinfo modelage minormodelagedisclosure"],
  [tell.CAMERA,
    "make model cameramodel cameramodelname lens lensid lensmake lensmodel lensinfo camera camera.lens.model"
    + " manufacturer modelname"],
  [tell.SOFTWARE,
    "software creatortool softwareagent processingsoftware firmware historysoftwareagent version encoder"
    + " capturesoftware"],
  [tell.THUMBNAIL, "image thumbnail thumbnails"],
  [tell.TEXT,
    "title description headline caption comment usercomment keyword keywords categories subject instructions"
    + " label displayname imagedescription alttextaccessibility extdescraccessibility disclaimer warning"
    + " hierarchicalsubject documentname event category supplementalcategories transmissionreference lastkeywordxmp lastkeywordiptc"
    + " tagslist identifier nickname rawfilename preservedfilename relatedsoundfile shotname history relation"
    + " baseurl weightedflatsubject catalogsets"],
  [tell.HIDDEN,
    "gpssatellites gpsspeed gpsspeedref gpstrack gpstrackref gpsimgdirection gpsimgdirectionref"
    + " gpsdestbearing gpsdestbearingref gpsdestdistance gpsdestdistanceref gpsprocessingmethod"
    + " location.accuracy.horizontal"],
].flatMap(([category, names]) => names.split(" ").map((name) => [name, category])))
/* How the picture is stored and shown, and how the camera was set. Source: XMP specification, part 2. */
const TECHNICAL = new Set((
  "orientation imagewidth imagelength imageheight bitspersample compression photometricinterpretation"
  + " samplesperpixel planarconfiguration ycbcrsubsampling ycbcrpositioning xresolution yresolution"
  + " resolutionunit transferfunction whitepoint primarychromaticities ycbcrcoefficients referenceblackwhite"
  + " exifversion flashpixversion colorspace componentsconfiguration compressedbitsperpixel pixelxdimension"
  + " pixelydimension exposuretime fnumber exposureprogram isospeedratings photographicsensitivity"
  + " sensitivitytype recommendedexposureindex shutterspeedvalue aperturevalue brightnessvalue"
  + " exposurebiasvalue maxaperturevalue subjectdistance meteringmode lightsource fired return mode function"
  + " redeyemode focallength focallengthin35mmfilm sensingmethod filesource scenetype customrendered"
  + " exposuremode whitebalance digitalzoomratio scenecapturetype gaincontrol contrast saturation sharpness"
  + " subjectdistancerange colormode iccprofile format hasextendedxmp rating urgency exifimagewidth"
  + " exifimageheight gpsversionid gpsmapdatum gpsstatus gpsmeasuremode gpsdop gpsdifferential gpslatituderef"
  + " gpslongituderef gpsaltituderef gpsdestlatituderef gpsdestlongituderef gpshpositioningerror latituderef"
  + " longituderef altituderef versionid mapdatum measuremode"
).split(" "))
const PREFIXES = ["com.apple.quicktime.", "com.android."]
const WORD = /[A-ZÀ-Þ]+(?![a-zß-ÿ])|[A-ZÀ-Þ]?[a-zß-ÿ]+/g
const POSITION_PARTS = new RegExp(
  "latitud|longt?itud|gps|geotag|geohash|geoloc|geopoint|georss|coordinat|altitude|iso6709"
  + "|what3words|pluscode|openlocationcode|coordonn|coordenad|koordinat|breitengrad|l(?:ä|ae)ngengrad",
)
const POSITION_WORDS = "lat lon lng geo latlon latlng latlong coord coords w3w".split(" ")
const PLACE_WORDS = (
  "location locality place city town village country province county municipality address street venue"
  + " landmark neighbourhood neighborhood district postcode zipcode sublocation birthplace hometown ville lieu"
  + " pays adresse rue ort stadt land strasse aufnahmeort standort ciudad lugar calle ubicación ubicacion"
  + " localidad luogo città plaats locatie airport suburb borough township hamlet parish canton commune"
  + " prefecture nation bundesland dirección direccion país pais provincia comune località gemeente provincie"
).split(" ")
const POSTAL_CODES = ["post", "postal", "zip"].map((word) => [word, "code"])
const OTHER_ADDRESSES = "email mail web url uri ip file path licensor creator contact".split(" ")

/* Return what a property discloses; null if nobody knows. A name that nobody knows but that names a place or a
   position means what it says. It may have a prefix, as in `exif:GPSLatitude` or `com.apple.quicktime.make`. */
export function categoryOf(fullName) {
  const name = PREFIXES.reduce((rest, prefix) => (rest.startsWith(prefix) ? rest.slice(prefix.length) : rest), fullName)
  const plain = plainOf(name)
  const category = CATEGORIES.get(plain.replaceAll(":", ".")) ?? CATEGORIES.get(lastPart(plain))
  if (category) return category
  if (plain.startsWith("location.")) return tell.PLACE
  return isTechnical(name) ? null : meant(lastPart(name))
}

/* Tell whether a property says only how the picture is stored and shown, and how the camera was set. */
export const isTechnical = (name) => TECHNICAL.has(lastPart(plainOf(name)))

const plainOf = (name) => name.toLowerCase().replace(/[ _-]/g, "")

const lastPart = (name) => name.slice(name.lastIndexOf(":") + 1)

function meant(name) {
  const words = new Set((name.match(WORD) ?? []).map((word) => word.toLowerCase()))
  const hasOneOf = (list) => list.some((word) => words.has(word))
  if (hasOneOf(POSITION_WORDS) || POSITION_PARTS.test(plainOf(name))) return tell.POSITION
  const isPlace = hasOneOf(PLACE_WORDS) || POSTAL_CODES.some((code) => code.every((word) => words.has(word)))
  return isPlace && !hasOneOf(OTHER_ADDRESSES) ? tell.PLACE : null
}
