/* What a photo or a video discloses, and the edits that a clean copy of it needs. */
import { MalformedData } from "./bounded_reader.js"
import { isBlank } from "./bytes.js"
import * as gif from "./containers/gif.js"
import * as isoMedia from "./containers/iso_media.js"
import * as jpeg from "./containers/jpeg.js"
import * as png from "./containers/png.js"
import * as webp from "./containers/webp.js"
import { HIDDEN, disclosure, isLocation, ranked } from "./disclosures.js"
import { makeEdit, overlap } from "./edits.js"
import * as unknownData from "./metadata/unknown_data.js"

const FORMATS = [jpeg, png, webp, isoMedia, gif].flatMap((container) => container.FORMATS)
const SIGNATURE_LENGTH = 4096
const SHARED_BYTES = "its parts share bytes; save it as JPEG and clean that copy"
const BLOCK = 2 ** 20
const MAX_CANDIDATES = 16
const EMBEDDED_FILE = /\xff\xd8\xff[\xc0-\xfe]|....ftyp/s
const EMBEDDED_SIGNATURE = 8
const PARTS_PER_EDIT = 8

/* Return what the file discloses; null if its format is not one of those that are read here.
   `unreadable` says why a part of the file could not be read; what was found before it is kept.
   `obstacle` says why no clean copy can be made. */
export function scan(reader) {
  const format = FORMATS.find(({ signature }) => signature.test(reader.peek(0, SIGNATURE_LENGTH)))
  if (!format) return null
  const { edits, unreadable } = readEdits(reader, format)
  edits.sort((one, other) => one.start - other.start || one.end - other.end)
  const changing = edits.filter(({ start, end, replacement }) => end > start || replacement)
  return {
    format: format.name,
    mediaType: format.mediaType,
    disclosures: ranked(edits.flatMap(({ disclosures }) => disclosures)),
    edits: changing,
    unreadable,
    obstacle: edits.find(({ obstacle }) => obstacle)?.obstacle ?? (overlap(changing) ? SHARED_BYTES : null),
  }
}

function readEdits(reader, format) {
  const edits = []
  try {
    for (const edit of withEmbeddedFiles(reader, format)) edits.push(edit)
  } catch (error) {
    if (!(error instanceof MalformedData)) throw error
    return { edits, unreadable: error.message }
  }
  return { edits, unreadable: null }
}

function* withEmbeddedFiles(reader, format) {
  for (const edit of format.edits(reader)) {
    reader.budget.spendParts(PARTS_PER_EDIT)
    yield edit
    if (edit.mayContainFile) {
      yield makeEdit(edit.start, edit.start, { disclosures: embeddedDisclosures(reader, edit.start, edit.end) })
    }
  }
}

/* Yield what a part gives away that may contain a photo or a video, after something else. */
function* embeddedDisclosures(reader, start, end) {
  const embedded = firstEmbedded(reader, start, end)
  if (embedded) {
    yield disclosure(HIDDEN, `another file, ${embedded.format}`)
    yield* embedded.disclosures
    if (embedded.disclosures.some(isLocation)) return
  } else if (!isBlankBetween(reader, start, end)) yield disclosure(HIDDEN, "bytes that show nothing")
  yield* unknownData.locations(reader.window(start, end - start))
}

function firstEmbedded(reader, start, end) {
  let offset = start
  for (let left = MAX_CANDIDATES; left; left -= 1) {
    offset = nextCandidate(reader, offset, end)
    const embedded = offset < end ? scan(reader.window(offset, end - offset)) : null
    if (embedded && (embedded.disclosures.some(isLocation) || embedded.unreadable === null)) return embedded
    offset += 1
  }
  return null
}

/* Return where the next photo or video may begin; `end` if none does. */
function nextCandidate(reader, first, end) {
  let offset = first
  while (offset < end) {
    const block = reader.peek(offset, Math.min(BLOCK, end - offset))
    const at = block.search(EMBEDDED_FILE)
    if (at >= 0) return offset + at
    // The signature may lie across two blocks.
    offset += block.length < BLOCK ? block.length : BLOCK - EMBEDDED_SIGNATURE
  }
  return end
}

function isBlankBetween(reader, start, end) {
  for (let offset = start; offset < end; offset += BLOCK) {
    if (!isBlank(reader.peek(offset, Math.min(BLOCK, end - offset)))) return false
  }
  return true
}
