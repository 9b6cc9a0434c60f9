/* User data of MP4 and MOV: what people and cameras write into the boxes `udta` and `meta`. */
import { MalformedData } from "../bounded_reader.js"
import { after, before, decodeText, hexadecimal, numberOf, viewOf } from "../bytes.js"
import * as tell from "../disclosures.js"
import { boxes, child, children, childrenOfMeta, content } from "../structures/iso_boxes.js"
import * as gopro from "./gopro.js"
import { formatAltitude, formatPosition, isPosition, positionFromIso6709 } from "./gps.js"
import { categoryOf, isTechnical } from "./property_names.js"
import * as unknownData from "./unknown_data.js"
import * as xmp from "./xmp.js"

const MAX_TEXT = 1_000
const MAX_KEY = 200
const POSITION = /[+-]\d{2,7}(?:\.\d*)?[+-]\d{3,8}(?:\.\d*)?[^\0]*/
const WRITTEN_POSITION = new RegExp(`^${POSITION.source}`)
/* Sources: QuickTime File Format, user data; 3GPP TS 26.244; what cameras write. */
const CATEGORIES = new Map([
  [tell.POSITION, ["\xa9xyz"]],
  [tell.TIME, ["\xa9day", "date"]],
  [tell.CAMERA, ["\xa9mak", "\xa9mod", "manu", "modl"]],
  [tell.SOFTWARE, ["\xa9swr", "\xa9too", "\xa9enc", "FIRM"]],
  [tell.OWNER, ["\xa9ART", "\xa9aut", "\xa9cpy", "\xa9wrt", "\xa9dir", "\xa9prd", "aART", "cprt", "auth", "perf",
    "own "]],
  [tell.TEXT, ["\xa9nam", "\xa9cmt", "\xa9des", "\xa9inf", "titl", "dscp", "desc", "ldes", "name"]],
  [tell.SERIAL, ["SNum", "CAME"]],
  [tell.THUMBNAIL, ["covr", "thmb"]],
].flatMap(([category, types]) => types.map((type) => [type, category])))
const BINARY = ["CAME"]
const PADDING = ["free", "skip", "wide"]
/* Parts of `meta` that say how the others are to be read. Source: ISO/IEC 14496-12, MetaBox. */
const STRUCTURE = ["hdlr", "mhdr", "pitm", "dinf", "iloc", "iinf", "iref", "iprp", "ipro", "grpl"]

/* Yield what a `udta` or `meta` box, with its header, gives away. */
export function* disclosures(reader) {
  for (const box of boxes(reader, 0, reader.size)) yield* (box.type === "meta" ? readMeta : readUserData)(reader, box)
}

function* readUserData(reader, box) {
  for (const part of children(reader, box)) yield* (READERS.get(part.type) ?? readText)(reader, part)
}

function* readMeta(reader, box) {
  let keys = []
  for (const part of childrenOfMeta(reader, box)) {
    if (part.type === "keys") keys = [...readKeys(reader, part)]
    else if (part.type === "ilst") for (const item of children(reader, part)) yield* readItem(reader, item, keys)
    else if (part.type === "xml ") yield* xmp.disclosures(content(reader, part, 4))
    else if (!STRUCTURE.includes(part.type)) yield* readText(reader, part)
  }
}

/* Yield the names of keys. Source: QuickTime File Format, metadata item keys atom. */
function* readKeys(reader, box) {
  for (const key of children(reader, box, 8)) yield decodeText(reader.read(key.body, Math.min(key.length, MAX_KEY)))
}

/* Yield what an item says; its type is the number of one of the `keys`, or four letters. */
function* readItem(reader, item, keys) {
  const key = keys[numberOf(item.type) - 1] ?? ownName(reader, item)
  const category = key ? categoryOf(key) : CATEGORIES.get(item.type) ?? null
  for (const part of children(reader, item)) {
    if (category && part.type === "data" && part.length >= 8) {
      const data = content(reader, part, 8)
      yield* value(category, decodeText(data.peek(0, MAX_TEXT)), data)
    }
  }
  if (category === null && !isTechnical(key)) {
    yield* unknownData.disclosures(content(reader, item), key || decodeText(item.type))
  }
}

/* Return the name that an item of iTunes has in itself; empty if it has none. */
function ownName(reader, item) {
  const name = item.type === "----" ? child(reader, item, "name") : null
  return name ? decodeText(reader.read(name.body + 4, Math.min(name.length - 4, MAX_KEY))) : ""
}

/* Yield what a value says, whose beginning is a text unless it is a picture. */
function* value(category, text, data) {
  const isWritten = category === tell.PLACE && WRITTEN_POSITION.test(text)
  if (category === tell.POSITION || isWritten) {
    yield* tell.textDisclosures(tell.POSITION, positionFromIso6709(text))
    return
  }
  if (category === tell.THUMBNAIL) yield tell.disclosure(category)
  else yield* tell.textDisclosures(category, text)
  yield* unknownData.locations(data)
}

function* readText(reader, box) {
  const [category, data] = [CATEGORIES.get(box.type), content(reader, box)]
  if (category) {
    const bytes = data.peek(0, MAX_TEXT)
    yield* value(category, BINARY.includes(box.type) ? hexadecimal(bytes) : decodeUserText(box.type, bytes), data)
  } else if (PADDING.includes(box.type)) yield* unknownData.locations(data)
  else if (box.length) yield* unknownData.disclosures(data, decodeText(box.type))
}

/* Decode a text of user data, which a size and a language, or a version, may precede. */
function decodeUserText(type, bytes) {
  const position = type === "\xa9xyz" ? POSITION.exec(bytes) : null
  if (position) return decodeText(position[0])
  if (type.startsWith("\xa9")) return decodeText(bytes.slice(4, 4 + numberOf(bytes.slice(0, 2))))
  return decodeText(bytes.startsWith("\0\0\0\0") ? bytes.slice(6) : bytes)
}

/* Yield a place and its position. Source: 3GPP TS 26.244, LocationInformationBox. */
function* readLocation(reader, box) {
  const bytes = reader.read(box.body, Math.min(box.length, MAX_TEXT)).slice(6)
  const [name, rest] = [before(bytes, "\0"), after(bytes, "\0")]
  if (rest.length < 13) throw new MalformedData("its location is cut off")
  const [longitude, latitude, altitude] = [1, 5, 9].map((at) => fixedPoint(rest.slice(at, at + 4)))
  if (isPosition(latitude, longitude, false)) {
    yield tell.disclosure(tell.POSITION, formatPosition(latitude, longitude))
    yield tell.disclosure(tell.POSITION, formatAltitude(altitude))
  }
  // The body of the solar system, which is the Earth, does not say more.
  for (const text of [name, ...rest.slice(13).split("\0").slice(1, 2)]) {
    yield* tell.textDisclosures(tell.PLACE, decodeText(text))
  }
}

const fixedPoint = (bytes) => viewOf(bytes).getInt32(0) / 2 ** 16

const READERS = new Map([
  ["meta", readMeta],
  ["loci", readLocation],
  ["XMP_", (reader, box) => xmp.disclosures(content(reader, box))],
  ["GPMF", (reader, box) => gopro.disclosures(content(reader, box))],
])
