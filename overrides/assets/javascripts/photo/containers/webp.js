/* WebP: chunks in a RIFF file; those that draw the picture are kept to the byte. */
import { MalformedData } from "../bounded_reader.js"
import { bytesOfNumber, decodeText, numberOf } from "../bytes.js"
import { withDamage } from "../disclosures.js"
import { makeEdit } from "../edits.js"
import * as contentCredentials from "../metadata/content_credentials.js"
import * as exif from "../metadata/exif.js"
import * as unknownData from "../metadata/unknown_data.js"
import * as xmp from "../metadata/xmp.js"
import { UPRIGHT, orientationInXmp } from "../orientation.js"
import { chunks } from "../structures/riff_chunks.js"

const SHOWN = ["VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP"]
const EXIF = "EXIF"
const XMP = "XMP "
const CREDENTIALS = "C2PA"
const FILE_HEADER = 12
const HAS_EXIF = 0x08
const HAS_XMP = 0x04
const ORIENTATIONS = [[EXIF, exif.orientation], [XMP, (content) => orientationInXmp(content.readAll())]]

function* edits(reader) {
  const end = 8 + numberOf(reader.read(4, 4), true)
  const listed = [...chunks(reader, FILE_HEADER, Math.min(end, reader.size))]
  const others = listed.filter(({ type }) => !SHOWN.includes(type))
  const kept = exifChunk(exif.withOrientation(orientation(reader, listed)))
  // One chunk of EXIF is left, in place of the first that could say how the picture is turned.
  const first = others.find(({ type }) => type === EXIF || type === XMP)
  const chunkEdits = others.map((chunk) => chunkEdit(reader, chunk, chunk === first ? kept : ""))
  yield* chunkEdits
  if (listed.at(-1)?.end !== end) throw new MalformedData("it ends too early")
  if (end < reader.size) yield makeEdit(end, reader.size, { mayContainFile: true })
  const saved = chunkEdits.reduce((sum, edit) => sum + edit.end - edit.start - edit.replacement.length, 0)
  yield makeEdit(4, 8, { replacement: bytesOfNumber(end - 8 - saved, 4, true) })
  yield* flagsEdit(reader, listed[0], chunkEdits.some(({ replacement }) => replacement))
}

/* Correct the byte that says which chunks the file has. */
function* flagsEdit(reader, { type, body, length }, hasExif) {
  if (type !== "VP8X" || !length) return
  const others = reader.number(body, 1) & ~(HAS_EXIF | HAS_XMP)
  yield makeEdit(body, body + 1, { replacement: String.fromCharCode(others | (hasExif ? HAS_EXIF : 0)) })
}

function chunkEdit(reader, chunk, replacement) {
  const content = reader.window(chunk.body, chunk.length)
  return makeEdit(chunk.start, chunk.end, { disclosures: withDamage(disclosures(content, chunk.type)), replacement })
}

/* Return how the picture is turned: as EXIF says, and if it does not, as XMP does. */
function orientation(reader, listed) {
  for (const [type, read] of ORIENTATIONS) {
    for (const chunk of listed) {
      const turn = chunk.type === type && read(reader.window(chunk.body, chunk.length))
      if (turn) return turn
    }
  }
  return UPRIGHT
}

function* disclosures(content, type) {
  if (type === EXIF) yield* exif.disclosures(content)
  else if (type === XMP) yield* xmp.disclosures(content)
  else if (type === CREDENTIALS) yield* contentCredentials.disclosures(content)
  else yield* unknownData.disclosures(content, decodeText(type))
}

const exifChunk = (bytes) => bytes && EXIF + bytesOfNumber(bytes.length, 4, true) + bytes

export const FORMATS = [{ name: "WebP", mediaType: "image/webp", signature: /^RIFF.{4}WEBP/s, edits }]
