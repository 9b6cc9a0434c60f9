/* ISO base media files: HEIC and AVIF pictures, MP4 and MOV videos. Nothing in them moves. */
import { MalformedData } from "../bounded_reader.js"
import { decodeText, numberOf } from "../bytes.js"
import { POSSIBLE_POSITION, TIME, disclosure, withDamage } from "../disclosures.js"
import { makeEdit } from "../edits.js"
import * as dashCameras from "../metadata/dash_cameras.js"
import { itemEdits } from "../metadata/heif.js"
import * as quicktime from "../metadata/quicktime.js"
import { trackEdits } from "../metadata/timed_metadata.js"
import * as unknownData from "../metadata/unknown_data.js"
import * as xmp from "../metadata/xmp.js"
import { HEADER, boxes, children, content } from "../structures/iso_boxes.js"
import { hasItems } from "../structures/iso_items.js"

const XMP_UUID = "\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac"
const SPHERE_UUID = "\xff\xcc\x82\x63\xf8\x55\x4a\x93\x88\x14\x58\x7a\x02\x52\x1f\xdd"
const FILE = "file"
const PADDING = ["free", "skip", "wide"]
const MEDIA = "mdat"
const MAX_BEGINNING = 2 ** 20
const INSTA360 = "8db42d694ccc418790edff439fe026bf"
const INSTA360_FOOTER = 78
const DASH_CAMERA = "GPS "
/* Sources: ISO/IEC 14496-12, 23008-12; QuickTime File Format. A box that is none of these shows nothing. */
const SHOWN = new Map([
  [FILE, "ftyp styp mdat mfra free skip wide pdin sidx ssix imda pnot PICT"],
  ["moov", "mvhd iods mvex pssh free skip wide rmra clip ctab prfl"],
  ["trak", "tkhd edts tref trgr load clip matt imap tapt txas free skip wide"],
  ["mdia", "mdhd hdlr minf elng free skip wide"],
  ["moof", "mfhd pssh free skip wide"],
  ["traf", "tfhd tfdt trun saiz saio sbgp sgpd senc subs free skip wide"],
].map(([container, types]) => [container, types.split(" ")]))
const CONTAINERS = new Map([["moov", FILE], ["trak", "moov"], ["mdia", "trak"], ["moof", FILE], ["traf", "moof"]])
const TIMES = ["mvhd", "tkhd", "mdhd"]
const SECONDS_BEFORE_1970 = 2_082_844_800
const LAST_YEAR = 9999
const CANON_RAW = "crx "
const BETWEEN_PICTURES = "it may be recorded between the pictures of the film; export the video again, for example "
  + "with a video editor, and clean the export"
const IN_PADDING = "its padding is not empty; save it as JPEG and clean that copy"
const RAW = "it is a raw photo, which needs its metadata; export it as JPEG and clean the export"

function* edits(reader) {
  const end = reader.size - insta360Length(reader)
  if (end < reader.size) {
    yield makeEdit(end, reader.size, { disclosures: [disclosure(POSSIBLE_POSITION, "Insta360")] })
  }
  let listsPictures = false
  let showsAnything = false
  for (const box of boxes(reader, 0, end)) {
    const hasPictures = box.type === "meta" && hasItems(reader, box)
    listsPictures ||= hasPictures
    showsAnything ||= hasPictures || CONTAINERS.get(box.type) === FILE
    if (box.type === "ftyp" && reader.read(box.body, Math.min(4, box.length)) === CANON_RAW) {
      yield makeEdit(0, 0, { obstacle: RAW })
    }
    yield* hasPictures ? itemEdits(reader, box) : boxEdits(reader, box, FILE)
  }
  if (!showsAnything) throw new MalformedData("it contains no picture and no video")
  yield* mediaEdits(reader, end, listsPictures)
}

function* mediaEdits(reader, end, listsPictures) {
  let hasBegun = listsPictures
  for (const box of boxes(reader, 0, end)) {
    if (PADDING.includes(box.type)) yield paddingEdit(reader, box, listsPictures)
    else if (box.type === MEDIA && !hasBegun) {
      hasBegun = true
      yield beginningEdit(reader, box)
    }
  }
}

/* Return the length of the trailer of a 360° camera; 0 if there is none. Source: ExifTool. */
function insta360Length(reader) {
  const footer = reader.peek(Math.max(0, reader.size - INSTA360_FOOTER), INSTA360_FOOTER)
  if (!footer.endsWith(INSTA360)) return 0
  const length = numberOf(footer.slice(38, 42), true)
  return length >= INSTA360_FOOTER && length <= reader.size ? length : INSTA360_FOOTER
}

/* Return what padding hides, such as discarded metadata, and the positions of dash cameras.
   The pictures of HEIC and AVIF may be anywhere, even there. */
function paddingEdit(reader, box, listsPictures) {
  if (listsPictures) {
    const disclosures = [...withDamage(unknownData.locations(content(reader, box)))]
    return makeEdit(0, 0, { disclosures, obstacle: disclosures.length ? IN_PADDING : null })
  }
  const disclosures = withDamage(paddingDisclosures(content(reader, box)))
  return makeEdit(box.body, box.end, { disclosures, replacement: null, mayContainFile: true })
}

/* Return what is between the first pictures of a film. */
function beginningEdit(reader, box) {
  const beginning = reader.window(box.body, Math.min(box.length, MAX_BEGINNING))
  const disclosures = [...withDamage(unknownData.locations(beginning))]
  return makeEdit(0, 0, { disclosures, obstacle: disclosures.length ? BETWEEN_PICTURES : null })
}

function* paddingDisclosures(padding) {
  if (padding.peek(0, 4) === DASH_CAMERA) yield* dashCameras.disclosures(padding)
}

function* boxEdits(reader, box, container) {
  const shown = SHOWN.get(container)
  if (CONTAINERS.get(box.type) === container) yield* containerEdits(reader, box)
  else if (TIMES.includes(box.type) && shown.includes(box.type)) yield timeEdit(reader, box)
  else if (box.type === "cmov") throw new MalformedData("its index is compressed in an obsolete way")
  else if (PADDING.includes(box.type) && container !== FILE) {
    // Programs that discard a box by renaming it leave its content.
    const disclosures = withDamage(unknownData.locations(content(reader, box)))
    yield makeEdit(box.body, box.end, { disclosures, replacement: null })
  } else if (!shown.includes(box.type) && !isSphere(reader, box)) {
    const disclosures = withDamage(boxDisclosures(reader, box))
    yield* emptied(box, disclosures, container === FILE && box.type !== "uuid")
  }
}

function* containerEdits(reader, box) {
  if (box.type === "trak") yield* trackEdits(reader, box)
  for (const part of children(reader, box)) yield* boxEdits(reader, part, box.type)
}

/* Tell whether the box says that a video shows all directions; without it, it is shown flat. */
const isSphere = (reader, box) =>
  box.type === "uuid" && box.length >= 16 && reader.read(box.body, 16) === SPHERE_UUID

/* Turn a box into an empty one of the same size, so that nothing else moves. */
function* emptied(box, disclosures, mayContainFile) {
  yield makeEdit(box.start + 4, box.start + HEADER, { disclosures, replacement: "free" })
  yield makeEdit(box.body, box.end, { replacement: null, mayContainFile })
}

/* Blank when a video was made and changed. Source: ISO/IEC 14496-12, MovieHeaderBox. */
function timeEdit(reader, box) {
  const width = reader.number(box.body, 1) === 1 ? 8 : 4
  const start = box.body + 4
  const seconds = reader.number(start, width)
  const disclosures = seconds ? [disclosure(TIME, writtenTime(seconds))] : []
  return makeEdit(start, start + 2 * width, { disclosures, replacement: null })
}

function writtenTime(seconds) {
  const day = new Date((seconds - SECONDS_BEFORE_1970) * 1000)
  if (Number.isNaN(day.getTime()) || day.getUTCFullYear() > LAST_YEAR) return ""
  return day.toISOString().slice(0, 19).replace("T", " ")
}

function* boxDisclosures(reader, box) {
  if (READERS.has(box.type)) yield* READERS.get(box.type)(reader, box)
  else yield* unknownData.disclosures(content(reader, box), decodeText(box.type))
}

function readUserData(reader, box) {
  return quicktime.disclosures(reader.window(box.start, box.end - box.start))
}

function readUuid(reader, box) {
  const isXmp = reader.read(box.body, Math.min(16, box.length)) === XMP_UUID
  return isXmp
    ? xmp.disclosures(content(reader, box, 16))
    : unknownData.disclosures(content(reader, box), "uuid")
}

function readDashCamera(reader, box) {
  return dashCameras.indexedDisclosures(reader, content(reader, box))
}

const READERS = new Map([
  ["udta", readUserData],
  ["meta", readUserData],
  ["uuid", readUuid],
  ["gps ", readDashCamera],
  ["GPS ", readDashCamera],
])

const brand = (brands) => new RegExp(`^.{4}ftyp(?:${brands})`, "s")

export const FORMATS = [
  { name: "AVIF", mediaType: "image/avif", signature: brand("avi[fs]"), edits },
  {
    name: "HEIC",
    mediaType: "image/heic",
    signature: brand("heic|heix|heim|heis|hevc|hevx|mif1|mif2|msf1|miaf"),
    edits,
  },
  // A text, too, may have the letters of a box at its fifth place, but does not begin with 0.
  {
    name: "MOV",
    mediaType: "video/quicktime",
    signature: /^(?:.{4}(?:ftypqt {2}|moov|mdat)|\0.{3}(?:wide|pnot|free|skip|junk|uuid|udta|PICT))/s,
    edits,
  },
  { name: "MP4", mediaType: "video/mp4", signature: brand(""), edits },
]
