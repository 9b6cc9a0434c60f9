/* Dash cameras: the blocks of positions that they put into their films. */
import { numberOf, viewOf } from "../bytes.js"
import { POSITION, POSSIBLE_POSITION, disclosure } from "../disclosures.js"
import { formatPosition } from "./gps.js"

const MAX_BLOCK = 4096
const INDEX_ENTRIES = 8
/* Whether there is a fix, the hemispheres, and twice degrees and minutes as one number: 5130.04. */
const POSITION_FORM = /A([NS])([EW]).(.{4})(.{4})/gs
const NO_FIX = /V[NS\0][EW\0]\0/
const UNREAD = disclosure(POSSIBLE_POSITION, "a dash camera's GPS")

/* Yield the first position in a block; that there may be one if the block has another form. */
export function* disclosures(reader) {
  const block = reader.peek(0, MAX_BLOCK)
  const [position] = positions(block)
  if (position) yield position
  else if (!NO_FIX.test(block)) yield UNREAD
}

/* Yield what the first block gives away that an index of blocks in the file leads to. */
export function* indexedDisclosures(file, index) {
  const entry = index.peek(INDEX_ENTRIES, 8)
  const [offset, length] = entry.length === 8 ? [numberOf(entry.slice(0, 4)), numberOf(entry.slice(4))] : [0, 0]
  if (offset > 0 && offset < file.size) {
    yield* disclosures(file.window(offset, Math.min(length, file.size - offset)))
  } else yield UNREAD
}

function* positions(block) {
  for (const [, northOrSouth, eastOrWest, ...numbers] of block.matchAll(POSITION_FORM)) {
    const [latitude, longitude] = numbers.map(degrees)
    if (latitude > 0 && latitude <= 90 && longitude > 0 && longitude <= 180) {
      const signed = [northOrSouth === "S" ? -latitude : latitude, eastOrWest === "W" ? -longitude : longitude]
      yield disclosure(POSITION, formatPosition(...signed))
    }
  }
}

/* Return degrees from degrees and minutes in one number; not a number if it is none. */
function degrees(bytes) {
  const number = viewOf(bytes).getFloat32(0, true)
  const whole = Math.floor(number / 100)
  return whole + (number - 100 * whole) / 60
}
