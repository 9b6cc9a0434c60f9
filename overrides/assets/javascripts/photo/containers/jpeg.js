/* JPEG: segments before, between and after the scans, which are kept to the byte. */
import { MalformedData } from "../bounded_reader.js"
import { bytesOfNumber, decodeText, isBlank, numberOf } from "../bytes.js"
import * as tell from "../disclosures.js"
import { makeEdit } from "../edits.js"
import * as contentCredentials from "../metadata/content_credentials.js"
import * as exif from "../metadata/exif.js"
import * as flir from "../metadata/flir.js"
import * as gopro from "../metadata/gopro.js"
import * as unknownData from "../metadata/unknown_data.js"
import * as xmp from "../metadata/xmp.js"
import { UPRIGHT, orientationInXmp } from "../orientation.js"

const START = 0xd8
const SCAN = 0xda
const END = 0xd9
const COMMENT = 0xfe
const LINES = 0xdc
const LINES_LENGTH = 2
const APP0 = 0xe0
const APP1 = 0xe1
const APP2 = 0xe2
const APP6 = 0xe6
const APP11 = 0xeb
const APP13 = 0xed
const APP14 = 0xee
const isApplication = (marker) => marker >= 0xe0 && marker < 0xf0
/* Viewers pass over notes; a number of lines that is longer than one may hold anything. */
const isNote = ({ marker, length }) =>
  marker === COMMENT || isApplication(marker) || (marker === LINES && length > LINES_LENGTH)
const hasLength = (marker) => marker !== END && marker !== 0x01 && !(marker >= 0xd0 && marker < 0xd8)
const MARKER = /\xff[^\x00\xff]/
const MARKER_LENGTH = 2
/* Within a scan, a 0 follows the byte that begins markers, and a damaged scan may have what no segment is. */
const MARKER_IN_SCAN = /\xff[\xc0-\xcf\xd8-\xfe]/
const BETWEEN = -1
const BLOCK = 2 ** 18
/* The color profile, and Adobe's note on how colors are transformed: without them the picture looks different. */
const SHOWN = new Map([[APP2, "ICC_PROFILE\0"], [APP14, "Adobe"]])
const JFIF = "JFIF\0"
const JFIF_LENGTH = 14
const EXIF = "Exif\0" // A few programs write another byte than 0 after it.
const XMP = "http://ns.adobe.com/xap/1.0/\0"
const EXTENDED_XMP = "http://ns.adobe.com/xmp/extension/\0"
const PHOTOSHOP = "Photoshop 3.0\0"
const GOPRO = "GoPro\0"
const FLIR = "FLIR\0"
const FLIR_HEADER = 8
const JUMBF = "JP"
const JUMBF_HEADER = 8
const BOX_HEADER = 8

function* edits(reader) {
  const split = new SplitBlocks(reader)
  const turn = new Turn(reader)
  try {
    for (const segment of segments(reader)) {
      if (segment.marker === END) yield* trailer(reader, segment.end)
      else if (segment.marker === BETWEEN) yield makeEdit(segment.start, segment.end, { mayContainFile: true })
      else if (isNote(segment)) {
        turn.add(segment)
        if (split.add(segment)) yield makeEdit(segment.start, segment.end)
        else yield* segmentEdits(reader, segment)
      }
    }
  } catch (error) {
    if (error instanceof MalformedData) yield* split.disclosures()
    throw error
  }
  yield* split.disclosures()
  yield* turn.insertion()
}

/* Yield the segments up to the end of the picture, and what is between them. Like every viewer, it passes over bytes
   that are not a segment, and takes the end of the file for the end of the picture if the last scan has no other. */
function* segments(reader) {
  let [offset, pattern] = [2, MARKER]
  for (;;) {
    const start = nextMarker(reader, offset, pattern)
    if (start === null && pattern === MARKER) throw new MalformedData("it ends too early")
    const segment = segmentAt(reader, start ?? reader.size)
    if (pattern === MARKER && !isFill(reader, offset, segment.start)) {
      yield { marker: BETWEEN, start: offset, end: segment.start }
    }
    yield segment
    if (segment.marker === END) return
    offset = segment.end
    pattern = segment.marker === SCAN ? MARKER_IN_SCAN : MARKER
  }
}

/* Return the segment at an offset; the end of the picture if the file ends there. */
function segmentAt(reader, start) {
  if (start === reader.size) return { marker: END, start, body: start, end: start, length: 0 }
  const marker = reader.number(start + 1, 1)
  if (marker === START) throw new MalformedData("another picture begins before it ends")
  const length = hasLength(marker) ? reader.number(start + 2, 2) : 0
  const [body, end] = [start + Math.min(4, 2 + length), start + 2 + length]
  if (end > reader.size) throw new MalformedData("it ends too early")
  return { marker, start, body, end, length: end - body }
}

/* Return where the next marker is; null if there is none up to the end of the file. */
function nextMarker(reader, first, pattern) {
  let [offset, length] = [first, MARKER_LENGTH]
  for (;;) {
    const block = reader.peek(offset, length)
    const at = block.search(pattern)
    if (at >= 0) return offset + at
    if (!block || offset + block.length >= reader.size) return null
    offset += block.length - 1 // A marker may lie across two blocks.
    length = BLOCK
  }
}

/* Tell whether there is nothing before a marker but the bytes that may precede it, in any number. */
const isFill = (reader, start, end) => end - start <= BLOCK && !/[^\xff]/.test(reader.peek(start, end - start))

function* trailer(reader, offset) {
  if (offset < reader.size) yield makeEdit(offset, reader.size, { mayContainFile: true })
}

function* segmentEdits(reader, segment) {
  const bytes = reader.read(segment.body, segment.length)
  if (SHOWN.has(segment.marker) && bytes.startsWith(SHOWN.get(segment.marker))) return
  if (segment.marker === APP0 && bytes.startsWith(JFIF) && bytes.length >= JFIF_LENGTH) {
    yield* withoutThumbnail(segment, bytes)
  } else if (segment.marker === APP1 && bytes.startsWith(EXIF) && bytes.length >= exif.PREFIX.length) {
    yield exifEdit(reader, segment)
  } else {
    const disclosures = tell.withDamage(segmentDisclosures(reader, segment, bytes))
    yield makeEdit(segment.start, segment.end, { disclosures })
  }
}

/* Keep the density of the pixels, and cut the thumbnail after it. */
function* withoutThumbnail(segment, bytes) {
  if (bytes.length === JFIF_LENGTH && isBlank(bytes.slice(12, 14))) return
  const disclosures = [tell.disclosure(tell.THUMBNAIL)]
  const replacement = `\xff\xe0\0\x10${bytes.slice(0, 12)}\0\0`
  yield makeEdit(segment.start, segment.end, { disclosures, replacement })
}

function exifEdit(reader, segment) {
  const { length } = exif.PREFIX
  const block = reader.window(segment.body + length, segment.length - length)
  const kept = exif.orientationOnly(block)
  return makeEdit(segment.start, segment.end, {
    disclosures: tell.withDamage(exif.disclosures(block)),
    replacement: kept ? app1(exif.PREFIX + kept) : "",
  })
}

const app1 = (bytes) => `\xff\xe1${bytesOfNumber(bytes.length + 2, 2)}${bytes}`

function* segmentDisclosures(reader, segment, bytes) {
  if (segment.marker === COMMENT) {
    yield* tell.textDisclosures(tell.TEXT, decodeText(bytes))
    yield* unknownData.locations(reader.derived(bytes))
  } else if (bytes.startsWith(XMP)) {
    yield* xmp.disclosures(reader.derived(bytes.slice(XMP.length)))
  } else if (segment.marker === APP6 && bytes.startsWith(GOPRO)) {
    yield* gopro.disclosures(reader.derived(bytes.slice(GOPRO.length)))
  } else {
    const name = segment.marker === LINES ? "DNL" : `APP${segment.marker - APP0}`
    yield* unknownData.disclosures(reader.derived(bytes), applicationName(bytes) || name)
  }
}

/* Return the name that an application's segment begins with; empty if it has none. */
const applicationName = (bytes) => /^[\x20-\x7e]*$/.exec(bytes.slice(0, 24).split("\0", 1)[0])?.[0] ?? ""

/* How the picture is turned if only XMP says so; the clean copy says it in EXIF. */
class Turn {
  #reader
  #inExif = null
  #inXmp = null

  constructor(reader) {
    this.#reader = reader
  }

  /* Look into a segment; the first that says how the picture is turned counts. */
  add(segment) {
    if (segment.marker !== APP1 || segment.length < exif.PREFIX.length) return
    const content = this.#reader.window(segment.body, segment.length)
    const beginning = content.peek(0, XMP.length)
    if (beginning.startsWith(EXIF)) {
      const { length } = exif.PREFIX
      const block = content.window(length, content.size - length)
      this.#inExif ||= exif.orientation(block)
    } else if (beginning === XMP) this.#inXmp ||= orientationInXmp(content.readAll())
  }

  /* Yield the edit that adds EXIF; nothing if there is EXIF that says it, or the picture is upright. */
  * insertion() {
    const kept = exif.withOrientation(this.#inExif ? UPRIGHT : this.#inXmp || UPRIGHT)
    if (kept) yield makeEdit(2, 2, { replacement: app1(exif.PREFIX + kept) })
  }
}

/* Blocks that may be too large for one segment, such as extended XMP and the resources of Photoshop. */
class SplitBlocks {
  #reader
  #extendedXmp = new Map()
  #joined = new Map()

  constructor(reader) {
    this.#reader = reader
  }

  /* Remember a segment that is a part of such a block, and tell whether it is one. */
  add(segment) {
    if (![APP1, APP11, APP13].includes(segment.marker)) return false
    const bytes = this.#reader.read(segment.body, segment.length)
    if (segment.marker === APP13 && bytes.startsWith(PHOTOSHOP)) {
      this.#join(exif.photoshopDisclosures, bytes.slice(PHOTOSHOP.length))
    } else if (segment.marker === APP1 && bytes.startsWith(FLIR)) {
      this.#join(flir.disclosures, bytes.slice(FLIR_HEADER))
    } else if (segment.marker === APP11 && bytes.startsWith(JUMBF)) {
      // Each part repeats the header of the box that is split.
      const isNext = this.#joined.has(contentCredentials.disclosures)
      this.#join(contentCredentials.disclosures, bytes.slice(JUMBF_HEADER + (isNext ? BOX_HEADER : 0)))
    } else if (segment.marker === APP1 && bytes.startsWith(EXTENDED_XMP)) {
      this.#addExtendedXmp(bytes.slice(EXTENDED_XMP.length))
    } else return false
    return true
  }

  /* Yield an edit without bytes that carries what the joined blocks give away. */
  * disclosures() {
    const disclosures = [...this.#joinedDisclosures(), ...this.#xmpDisclosures()]
    if (disclosures.length) yield makeEdit(0, 0, { disclosures })
  }

  #join(read, part) {
    this.#joined.set(read, [...(this.#joined.get(read) ?? []), part])
  }

  /* A part begins with the digest of the whole packet, its length, and the offset of the part. */
  #addExtendedXmp(bytes) {
    const digest = bytes.slice(0, 32)
    if (!this.#extendedXmp.has(digest)) this.#extendedXmp.set(digest, new Map())
    this.#extendedXmp.get(digest).set(numberOf(bytes.slice(36, 40)), bytes.slice(40))
  }

  * #joinedDisclosures() {
    for (const [read, parts] of this.#joined) {
      yield* tell.withDamage(read(this.#reader.derived(parts.join(""))))
    }
  }

  * #xmpDisclosures() {
    for (const parts of this.#extendedXmp.values()) {
      const packet = [...parts].sort(([one], [other]) => one - other).map(([, part]) => part).join("")
      yield* tell.withDamage(xmp.disclosures(this.#reader.derived(packet)))
    }
  }
}

export const FORMATS = [{ name: "JPEG", mediaType: "image/jpeg", signature: /^\xff\xd8/, edits }]
