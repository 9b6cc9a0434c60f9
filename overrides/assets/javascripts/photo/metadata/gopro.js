/* GoPro's metadata format (GPMF): nested records of measurements, in photos and videos. */
import { isBlank, numberOf, viewOf } from "../bytes.js"
import { HIDDEN, POSITION, POSSIBLE_POSITION, disclosure } from "../disclosures.js"
import { formatPosition, isPosition } from "./gps.js"

/* Source: GPMF specification. The fix is 2 or 3 if the receiver knows where it is. */
const HEADER = 8
const POSITIONS = ["GPS5", "GPS9"]
const FIX = "GPSF"
const SCALE = "SCAL"
const USUAL_SCALE = 10_000_000

/* Yield where the camera was, from each stream of positions; and that there are measurements. */
export function* disclosures(reader) {
  yield disclosure(HIDDEN, "measurements of GoPro")
  let [hasFix, scale] = [false, USUAL_SCALE]
  for (const { name, value } of records(reader)) {
    if (name === FIX) hasFix = ["\x02", "\x03"].includes(value.peek(0, 4).slice(-1))
    else if (name === SCALE && value.size >= 4) scale = value.number(0, 4) || USUAL_SCALE
    else if (POSITIONS.includes(name)) yield* firstPosition(value, scale, hasFix)
  }
}

/* Yield the records, and those that are nested in others, in the order of the file. The last may be cut off:
   cameras put no more than they must into a photo. */
function* records(reader) {
  let offset = 0
  while (offset + HEADER <= reader.size) {
    const header = reader.read(offset, HEADER)
    if (isBlank(header)) return
    const length = header.charCodeAt(5) * numberOf(header.slice(6))
    const value = reader.window(offset + HEADER, Math.min(length, reader.size - offset - HEADER))
    if (header[4] === "\0") yield* records(value)
    else yield { name: header.slice(0, 4), value }
    offset += HEADER + Math.ceil(length / 4) * 4
  }
}

function* firstPosition(value, scale, hasFix) {
  if (value.size < 8) {
    yield disclosure(POSSIBLE_POSITION, "GPS of GoPro that is cut off")
    return
  }
  const view = viewOf(value.read(0, 8))
  const [latitude, longitude] = [view.getInt32(0) / scale, view.getInt32(4) / scale]
  if (isPosition(latitude, longitude, hasFix)) yield disclosure(POSITION, formatPosition(latitude, longitude))
}
