/* What a photo or a video can disclose besides its picture. */
import { MalformedData } from "./bounded_reader.js"
import { writtenPlace, writtenPosition } from "./written_positions.js"

const MAX_LETTERS = 120
const MAX_PER_CATEGORY = 20
/* Spaces, control characters, and what changes the direction of a text. No-break spaces and joiners are part of how
   people write. */
const NOT_ON_A_LINE =
  /[\0-\x20\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]+/gu

export const POSITION = "position"
export const PLACE = "place"
export const POSSIBLE_POSITION = "possible position"
export const TIME = "time"
export const SERIAL = "serial"
export const OWNER = "owner"
export const PEOPLE = "people"
export const CAMERA = "camera"
export const SOFTWARE = "software"
export const THUMBNAIL = "thumbnail"
export const TEXT = "text"
export const HIDDEN = "hidden"
export const DAMAGED = "damaged"

/* Gravest first. */
const CATEGORIES = [POSITION, PLACE, POSSIBLE_POSITION, TIME, SERIAL, OWNER, PEOPLE, CAMERA, SOFTWARE, THUMBNAIL,
  TEXT, HIDDEN, DAMAGED]
const LOCATIONS = [POSITION, PLACE, POSSIBLE_POSITION]

export const disclosure = (category, value = "") => ({ category, value })

export const isLocation = ({ category }) => LOCATIONS.includes(category)

/* Yield a disclosure that quotes the text on one line of limited length; none if the text is blank.
   A position or a place that is written into a text about something else is disclosed as well. */
export function* textDisclosures(category, text) {
  yield* quoted(category, text)
  if (!LOCATIONS.includes(category)) yield* writtenLocations(text)
}

export function* writtenLocations(text) {
  yield* quoted(POSITION, writtenPosition(text))
  yield* quoted(PLACE, writtenPlace(text))
}

function* quoted(category, text) {
  const beginning = Array.from(text.slice(0, 8 * MAX_LETTERS)).slice(0, 4 * MAX_LETTERS).join("")
  const line = Array.from(beginning.replace(NOT_ON_A_LINE, " ").trim())
  if (!line.length) return
  yield disclosure(category, line.length <= MAX_LETTERS ? line.join("") : `${line.slice(0, MAX_LETTERS).join("")}…`)
}

/* Yield disclosures up to a malformed part, which becomes the last one. */
export function* withDamage(disclosures) {
  try {
    yield* disclosures
  } catch (error) {
    if (!(error instanceof MalformedData)) throw error
    yield disclosure(DAMAGED, error.message)
  }
}

/* Return each disclosure once, gravest first, and at most 20 of a category.
   What may be a position is left out if a position is known. */
export function ranked(disclosures) {
  const groups = new Map(CATEGORIES.map((category) => [category, new Map()]))
  for (const item of disclosures) {
    const group = groups.get(item.category)
    if (!group.has(item.value)) group.set(item.value, item)
  }
  if (groups.get(POSITION).size) groups.get(POSSIBLE_POSITION).clear()
  return [...groups.values()].flatMap((group) => [...group.values()].slice(0, MAX_PER_CATEGORY))
}
