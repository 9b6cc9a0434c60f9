/* IPTC: captions, names and places of press photos, and the Photoshop resources that contain them. */
import { MalformedData } from "../bounded_reader.js"
import { decodeText, numberOf } from "../bytes.js"
import * as tell from "../disclosures.js"
import * as traces from "./traces.js"

/* Source: IPTC-NAA Information Interchange Model 4.2; a dataset is known by its record and its number. */
const CATEGORIES = new Map([
  [tell.TEXT, 1, [5, 30, 40, 100]],
  [tell.TIME, 1, [70, 80]],
  [tell.TEXT, 2, [5, 7, 12, 15, 20, 22, 25, 40, 50, 103, 105, 120]],
  [tell.PLACE, 2, [26, 27, 90, 92, 95, 100, 101]],
  [tell.TIME, 2, [30, 35, 37, 38, 47, 55, 60, 62, 63]],
  [tell.SOFTWARE, 2, [65, 70]],
  [tell.OWNER, 2, [80, 85, 110, 115, 116, 118, 122]],
].flatMap(([category, record, numbers]) => numbers.map((number) => [`${record}:${number}`, category])))
/* How texts are encoded, and how the picture and its preview are stored. */
const TECHNICAL = new Set([
  ...[0, 20, 22, 60, 90, 120, 122].map((number) => `1:${number}`),
  ...[0, 3, 4, 8, 10, 42, 45, 75, 130, 131, 135, 150, 151, 152, 153, 154, 200, 201].map((number) => `2:${number}`),
])
const TECHNICAL_RECORDS = [3, 7, 8, 9]
const MARK = 0x1c
const HEADER = 5
const EXTENDED_LENGTH = 0x8000
/* What resources of Photoshop begin with, and of programs that add their own. */
const RESOURCE_MARKS = ["8BIM", "8B64", "AgHg", "DCSR", "MeSa", "PHUT"]
const NO_RESOURCE = 0

/* Yield what IPTC datasets give away, and a location that is written after them. */
export function* disclosures(reader) {
  let offset = 0
  while (offset + HEADER <= reader.size) {
    const header = reader.read(offset, HEADER)
    const [mark, record, number] = [0, 1, 2].map((at) => header.charCodeAt(at))
    const length = numberOf(header.slice(3))
    if (mark !== MARK) {
      yield* traces.disclosures(reader.window(offset, reader.size - offset))
      return
    }
    if (length & EXTENDED_LENGTH) throw new MalformedData("its IPTC has a value that is too large")
    yield* datasetDisclosures(reader, record, number, offset + HEADER, length)
    offset += HEADER + length
  }
  if (offset > reader.size) throw new MalformedData("its IPTC ends too early")
}

function* datasetDisclosures(reader, record, number, body, length) {
  const dataset = `${record}:${number}`
  if (CATEGORIES.has(dataset)) {
    // Its length ends a value, and not a NUL.
    const text = decodeText(reader.read(body, length).replaceAll("\0", " "))
    yield* tell.textDisclosures(CATEGORIES.get(dataset), text)
  } else if (!TECHNICAL.has(dataset) && !TECHNICAL_RECORDS.includes(record)) {
    yield tell.disclosure(tell.HIDDEN, `IPTC ${record}:${String(number).padStart(2, "0")}`)
    yield* traces.disclosures(reader.window(body, length))
  }
}

/* Yield the number and the content of each resource of Photoshop; what follows them has the number 0. */
export function* photoshopResources(reader) {
  let offset = 0
  while (offset + 12 <= reader.size && RESOURCE_MARKS.includes(reader.read(offset, 4))) {
    const number = reader.number(offset + 4, 2)
    const name = reader.number(offset + 6, 1) + 1
    offset += 6 + name + (name % 2)
    const length = reader.number(offset, 4)
    yield [number, reader.window(offset + 4, length)]
    offset += 4 + length + (length % 2)
  }
  if (offset < reader.size) yield [NO_RESOURCE, reader.window(offset, reader.size - offset)]
}
