/* EXIF: what the camera noted, in JPEG, PNG, WebP and HEIC; and the resources of Photoshop, which can contain EXIF
   and be in it. */
import { MalformedData } from "../bounded_reader.js"
import * as tell from "../disclosures.js"
import { UPRIGHT } from "../orientation.js"
import { Tiff, withIsoDate } from "../structures/tiff_directories.js"
import * as contentCredentials from "./content_credentials.js"
import * as gps from "./gps.js"
import * as iptc from "./iptc.js"
import * as traces from "./traces.js"
import * as xmp from "./xmp.js"

export const PREFIX = "Exif\0\0"
const ORIENTATION = 274
/* Sources: EXIF 3.0, TIFF 6.0, TIFF/EP, DNG 1.7, GeoTIFF 1.1; the tags 40091 to 40095 are those of Windows. */
const TEXTS = new Map([
  [tell.TEXT, [269, 270, 285, 32781, 37394, 37395, 40091, 40092, 40094, 40095, 40964, 42038, 50827, 51081]],
  [tell.CAMERA, [271, 272, 42035, 42036, 50708, 50709, 51105]],
  [tell.SOFTWARE, [11, 305, 42041, 42042, 42043, 42044]],
  [tell.TIME, [306, 36867, 36868, 36880, 36881, 36882, 50971]],
  [tell.OWNER, [315, 316, 33432, 40093, 42032, 42039, 42040]],
  [tell.SERIAL, [42016, 42033, 42037, 50735]],
].flatMap(([category, tags]) => tags.map((tag) => [tag, category])))
/* How the picture is stored and shown, and how the camera was set: single tags, and from one up to another. */
const TECHNICAL = [1, 2, 18246, 18249, 33421, 33422, 33423, 33434, 33437, 34665, 34675, 34853, 50341, 59932, 59933]
const TECHNICAL_RANGES = [[254, 533], [4096, 4099], [34016, 34034], [34850, 34870], [36864, 36868], [37121, 37123],
  [37377, 37397], [37520, 37523], [37888, 37894], [40960, 40966], [41483, 41997], [42080, 42083], [42113, 42114],
  [42240, 42241], [50706, 51183], [52525, 52545]]
const GEOTIFF = [33550, 33922, 34264, 34735, 34736, 34737]

/* Yield what a TIFF structure gives away, with the XMP, IPTC and Photoshop resources inside it.
   The directory after the first is a thumbnail. */
export function* disclosures(reader) {
  const tiff = new Tiff(withoutPrefix(reader))
  for (const directory of tiff.directories()) {
    if (directory.name === "next") yield tell.disclosure(tell.THUMBNAIL)
    if (directory.name === "gps") yield* tell.withDamage(gps.directoryDisclosures(tiff, directory))
    else for (const entry of directory.entries) yield* entryDisclosures(tiff, entry)
  }
}

/* Return EXIF that says how the picture is turned and nothing else; empty if it is upright. */
export const orientationOnly = (reader) => withOrientation(orientation(reader) ?? UPRIGHT)

/* Return EXIF that says only how the picture is turned; empty if it is upright. */
export function withOrientation(turn) {
  if (turn === UPRIGHT) return ""
  const entry = `\x01\x12\0\x03\0\0\0\x01\0${String.fromCharCode(turn)}\0\0`
  return `MM\0*\0\0\0\x08\0\x01${entry}\0\0\0\0`
}

/* Return how the picture is turned, from 1 to 8; null if EXIF does not say so. */
export function orientation(reader) {
  try {
    const tiff = new Tiff(withoutPrefix(reader))
    const entry = tiff.directories().next().value?.entry(ORIENTATION) ?? null
    const number = tiff.firstNumber(entry)
    if (!entry) return null
    return number >= 1 && number <= 8 ? number : UPRIGHT
  } catch (error) {
    if (!(error instanceof MalformedData)) throw error
    return null
  }
}

/* Skip the six bytes that some programs write before EXIF outside JPEG, too. */
function withoutPrefix(reader) {
  const skip = reader.read(0, Math.min(reader.size, PREFIX.length)) === PREFIX ? PREFIX.length : 0
  return reader.window(skip, reader.size - skip)
}

function* entryDisclosures(tiff, entry) {
  if (TEXTS.has(entry.tag)) yield* text(tiff, entry)
  else if (GEOTIFF.includes(entry.tag)) yield tell.disclosure(tell.POSITION, "map coordinates")
  else if (BLOCKS.has(entry.tag)) yield* tell.withDamage(BLOCKS.get(entry.tag)(tiff, entry))
  else if (!isTechnical(entry.tag)) yield* unknown(tiff, entry)
}

const isTechnical = (tag) =>
  TECHNICAL.includes(tag) || TECHNICAL_RANGES.some(([first, end]) => tag >= first && tag < end)

/* Yield what a text says; a text whose bytes are outside the file says nothing. */
function* text(tiff, entry) {
  let value
  try {
    value = tiff.text(entry)
  } catch (error) {
    if (!(error instanceof MalformedData)) throw error
    return
  }
  const category = TEXTS.get(entry.tag)
  if (category !== tell.TIME) yield* tell.textDisclosures(category, value)
  else if (/[^ :0-]/.test(value)) yield* tell.textDisclosures(category, withIsoDate(value))
}

function* makerNote(tiff, entry) {
  yield tell.disclosure(tell.HIDDEN, "the camera maker's notes")
  yield* traces.disclosures(tiff.content(entry))
}

function* unknown(tiff, entry) {
  yield tell.disclosure(tell.HIDDEN, `tag ${entry.tag}`)
  yield* traces.disclosures(tiff.content(entry))
}

function* userComment(tiff, entry) {
  yield* tell.textDisclosures(tell.TEXT, tiff.encodedText(entry))
}

/* Return a reader of an entry whose content is a block of another kind. */
function contentRead(disclosuresOf) {
  return function* read(tiff, entry) {
    yield* disclosuresOf(tiff.content(entry))
  }
}

function* thumbnail() {
  yield tell.disclosure(tell.THUMBNAIL)
}

const BLOCKS = new Map([
  [513, thumbnail],
  [700, contentRead(xmp.disclosures)],
  [33723, contentRead(iptc.disclosures)],
  [34377, contentRead(photoshopDisclosures)],
  [37500, makerNote],
  [37510, userComment],
  [42112, contentRead(xmp.disclosures)], // Properties of maps, as XML.
  [52545, contentRead(contentCredentials.disclosures)],
])

/* Yield what the resources of Photoshop give away. */
export function* photoshopDisclosures(reader) {
  for (const [number, resource] of iptc.photoshopResources(reader)) {
    if (RESOURCES.has(number)) yield* tell.withDamage(RESOURCES.get(number)(resource))
    else yield* traces.disclosures(resource)
  }
}

/* Source: Adobe Photoshop File Formats Specification, image resource IDs. */
const RESOURCES = new Map([
  [0x0404, iptc.disclosures],
  [0x0409, thumbnail],
  [0x040c, thumbnail],
  [0x0422, disclosures],
  [0x0423, disclosures],
  [0x0424, xmp.disclosures],
])
