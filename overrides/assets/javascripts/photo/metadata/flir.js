/* FLIR: what thermal cameras record in JPEG files, which may be split among segments. */
import { MalformedData } from "../bounded_reader.js"
import { isBlank, numberOf, viewOf } from "../bytes.js"
import { HIDDEN, POSITION, disclosure } from "../disclosures.js"
import { formatPosition } from "./gps.js"

const SIGNATURES = ["FFF\0", "AFF\0"]
const RECORD = 32
const GPS = 0x2b
const MAX_RECORDS = 1_000

/* Yield where a thermal picture was taken. Source: the description of FFF in ExifTool. */
export function* disclosures(reader) {
  yield disclosure(HIDDEN, "FLIR")
  if (!SIGNATURES.includes(reader.read(0, 4))) throw new MalformedData("its FLIR data has an unknown form")
  const isLittleEndian = pair(reader.read(0x18, 8), false)[1] > MAX_RECORDS
  const [start, count] = pair(reader.read(0x18, 8), isLittleEndian)
  if (count > MAX_RECORDS) throw new MalformedData("its FLIR data has too many parts")
  for (let offset = start; offset < start + count * RECORD; offset += RECORD) {
    const record = reader.read(offset, RECORD)
    if (numberOf(record.slice(0, 2), isLittleEndian) === GPS) {
      yield* position(reader.window(...pair(record.slice(12, 20), isLittleEndian)))
    }
  }
}

const pair = (bytes, isLittleEndian) =>
  [bytes.slice(0, 4), bytes.slice(4)].map((part) => numberOf(part, isLittleEndian))

/* Yield the position of a record that says whether it is valid in its first number. */
function* position(record) {
  const bytes = record.read(0, 0x20)
  if (isBlank(bytes.slice(0, 4))) return
  const isLittleEndian = bytes[0] !== "\0"
  const view = viewOf(bytes)
  const [latitude, longitude] = [0x10, 0x18].map((at) => view.getFloat64(at, isLittleEndian))
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
    throw new MalformedData("its FLIR data has a position in an unknown form")
  }
  const signed = [bytes[8] === "S" ? -Math.abs(latitude) : latitude, bytes[10] === "W" ? -Math.abs(longitude) : longitude]
  yield disclosure(POSITION, formatPosition(...signed))
}
