/* HEIF: the items of HEIC and AVIF pictures that are metadata. */
import { MalformedData } from "../bounded_reader.js"
import { decodeText, isBlank } from "../bytes.js"
import { withDamage } from "../disclosures.js"
import { collide, makeEdit } from "../edits.js"
import { UPRIGHT, orientationInXmp, xmpWith } from "../orientation.js"
import { items } from "../structures/iso_items.js"
import * as exif from "./exif.js"
import * as unknownData from "./unknown_data.js"
import * as xmp from "./xmp.js"

const EXIF = "Exif"
const METADATA = [EXIF, "mime", "uri "]
/* Sources: ISO/IEC 23008-12, AV1 Image File Format, and the list of the MP4 Registration Authority. */
const PICTURES = new Set(
  "hvc1 hev1 hvt1 lhv1 av01 avc1 svc1 mvc1 vvc1 vvt1 evc1 jpeg j2k1 unci grid iovl iden tmap mski".split(" "),
)
const XMP = "application/rdf+xml"
const EMPTY_EXIF = "\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"
/* Programs also read EXIF and XMP from items of another type. */
const EXIF_HEADER = /^.{4}(?:Exif\0\0)?(?:II\*\0|MM\0\*)/s
const XMP_ELEMENT = /<(?:x:xmpmeta|rdf:RDF)/
const UNKNOWN = "it has a part of an unknown type; save it as JPEG and clean that copy"
const SHARED_BYTES = "its metadata and its picture share bytes; save it as JPEG and clean that copy"

/* Yield edits that blank the items that are metadata; how the picture is turned is a property, and stays. */
export function* itemEdits(reader, meta) {
  const listed = [...items(reader, meta)]
  const metadata = listed.filter(({ type }) => METADATA.includes(type))
  for (const item of metadata) yield* blanked(reader, item)
  const others = listed.filter(({ type }) => !METADATA.includes(type))
  for (const item of others) {
    if (!PICTURES.has(item.type)) {
      yield makeEdit(0, 0, { disclosures: itemDisclosures(reader, item), obstacle: UNKNOWN })
    }
  }
  const [changed, kept] = [metadata, others].map((list) => list.flatMap(({ extents }) => extents))
  if (collide(changed, kept)) yield makeEdit(0, 0, { obstacle: SHARED_BYTES })
}

function* blanked(reader, item) {
  if (!item.extents.length) throw new MalformedData("it does not say where its metadata is")
  const disclosures = [...itemDisclosures(reader, item)]
  const blank = blankOf(reader, item, item.extents.reduce((sum, [start, end]) => sum + end - start, 0))
  let offset = 0
  for (const [start, end] of item.extents) {
    const replacement = blank.slice(offset, offset + end - start)
    yield makeEdit(start, end, { disclosures: offset ? [] : disclosures, replacement })
    offset += end - start
  }
}

const itemDisclosures = (reader, item) => withDamage(readItem(reader, item))

const contentOf = (reader, item) => item.extents.map(([start, end]) => reader.read(start, end - start)).join("")

function* readItem(reader, item) {
  const bytes = contentOf(reader, item)
  if (isBlank(bytes)) return
  if (item.type === EXIF || EXIF_HEADER.test(bytes)) yield* exifDisclosures(reader.derived(bytes))
  else if (item.mediaType === XMP || XMP_ELEMENT.test(bytes)) yield* xmp.disclosures(reader.derived(bytes))
  else {
    const name = decodeText(item.mediaType || item.type) || "an item without a type"
    yield* unknownData.disclosures(reader.derived(bytes), name)
  }
}

/* Yield what EXIF gives away; the first four bytes say how much precedes it. */
function exifDisclosures(block) {
  const start = 4 + block.number(0, 4)
  return exif.disclosures(block.window(start, block.size - start))
}

/* Return metadata of a given length that says nothing but how XMP turns the picture. */
function blankOf(reader, item, length) {
  if (item.type === EXIF && length >= EMPTY_EXIF.length) return EMPTY_EXIF.padEnd(length, "\0")
  if (item.mediaType !== XMP) return "\0".repeat(length)
  const turn = orientationInXmp(contentOf(reader, item))
  const kept = turn && turn !== UPRIGHT ? xmpWith(turn) : xmp.EMPTY_PACKET
  return (kept.length <= length ? kept : "").padEnd(length, " ")
}
