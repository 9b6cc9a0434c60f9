/* The items that a `meta` box lists: in HEIC and AVIF the pictures, their parts, and metadata. */
import { MalformedData } from "../bounded_reader.js"
import { children, childrenOfMeta } from "./iso_boxes.js"

const FIRST_WITH_TYPES = 2
const IN_FILE = 0
const IN_ITEM_DATA = 1

/* Tell whether a `meta` box lists items; in a video it lists keys instead. */
export function hasItems(reader, meta) {
  const types = new Set(Array.from(childrenOfMeta(reader, meta), ({ type }) => type))
  return types.has("iinf") && types.has("iloc")
}

/* Yield the items of a `meta` box that lists some: their type, which is four letters, their media type, and where
   their bytes are. The type is empty if the item has no description, or one of a version that gave no types. */
export function* items(reader, meta) {
  const parts = new Map(Array.from(childrenOfMeta(reader, meta), (box) => [box.type, box]))
  const locations = new Map(readLocations(reader, parts.get("iloc"), parts.get("idat")))
  const described = new Set()
  for (const { number, type, mediaType } of [...readDescriptions(reader, parts.get("iinf"))]) {
    described.add(number)
    yield { type, mediaType, extents: locations.get(number) ?? [] }
  }
  for (const [number, extents] of locations) {
    if (!described.has(number)) yield { type: "", mediaType: "", extents }
  }
}

/* Yield number, type and media type of items. Source: ISO/IEC 14496-12, ItemInfoBox. */
function* readDescriptions(reader, info) {
  for (const entry of children(reader, info, reader.number(info.body, 1) === 0 ? 6 : 8)) {
    const version = reader.number(entry.body, 1)
    if (entry.type !== "infe" || version < FIRST_WITH_TYPES) continue
    const width = version === 2 ? 2 : 4
    const offset = entry.body + 4 + width + 2
    const texts = reader.read(offset + 4, Math.min(entry.end - offset - 4, 1_000)).split("\0")
    const number = reader.number(entry.body + 4, width)
    yield { number, type: reader.read(offset, 4), mediaType: texts[1] ?? "" }
  }
}

/* Yield number and extents of items. Source: ISO/IEC 14496-12, ItemLocationBox. */
function* readLocations(reader, box, data) {
  const version = reader.number(box.body, 1)
  const take = fieldsFrom(reader, box.body + 4)
  const [sizes, moreSizes] = [take(1), take(1)]
  const width = version === 2 ? 4 : 2
  for (let left = take(width); left; left -= 1) {
    const number = take(width)
    const method = version ? take(2) & 15 : IN_FILE
    take(2)
    const base = take(moreSizes >> 4)
    const extents = []
    for (let extentsLeft = take(2); extentsLeft; extentsLeft -= 1) {
      reader.budget.spendParts() // Its fields may take no room in the file.
      take(version ? moreSizes & 15 : 0)
      const start = base + take(sizes >> 4)
      extents.push([start, take(sizes & 15)])
    }
    yield [number, absolute(reader, method, extents, data)]
  }
}

/* Turn starts and lengths into starts and ends in the file; a length of 0 leads to its end. */
function absolute(reader, method, extents, data) {
  if (method !== IN_FILE && !(method === IN_ITEM_DATA && data)) return []
  const origin = method === IN_FILE ? 0 : data.body
  const spans = extents.map(([start, length]) => [origin + start, length ? origin + start + length : reader.size])
  if (spans.some(([, end]) => end > reader.size)) throw new MalformedData("it ends too early")
  return spans
}

/* Return a function that reads numbers of different widths, one after the other; 0 if the width is 0. */
function fieldsFrom(reader, start) {
  let offset = start
  return (width) => {
    offset += width
    return width ? reader.number(offset - width, width) : 0
  }
}
