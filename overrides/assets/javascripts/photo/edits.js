/* The edits that turn the bytes of a file into those of its clean copy. */
import { arrayOf } from "./bytes.js"

const BLOCK = 2 ** 20

/* A span of a file that a clean copy replaces, and what the span discloses.
   `replacement` is empty if the span is cut, and null if it is filled with zeros.
   `mayContainFile` says that another file may be in the span, such as the video of a motion photo.
   `obstacle` says why no clean copy can be made. */
export function makeEdit(start, end, more = {}) {
  const { disclosures = [], replacement = "", mayContainFile = false, obstacle = null } = more
  return { start, end, disclosures: [...disclosures], replacement, mayContainFile, obstacle }
}

/* Tell whether two edits, in the order of their start, claim the same bytes. */
export function overlap(edits) {
  return edits.some((edit, place) => place > 0 && edits[place - 1].end > edit.start)
}

/* Tell whether a span to be changed shares bytes with another one, or with one to be kept. */
export function collide(changed, kept) {
  const spans = [...changed.map((span) => [...span, 1]), ...kept.map((span) => [...span, 0])]
  spans.sort((one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2])
  let [endOfAny, endOfChanged] = [0, 0]
  for (const [start, end, isChanged] of spans) {
    if (start < (isChanged ? endOfAny : endOfChanged)) return true
    endOfAny = Math.max(endOfAny, end)
    endOfChanged = Math.max(endOfChanged, isChanged ? end : 0)
  }
  return false
}

function zeros(length) {
  const block = new Uint8Array(Math.min(length, BLOCK))
  const whole = new Array(Math.floor(length / BLOCK)).fill(block)
  return [...whole, block.subarray(0, length % BLOCK)]
}

/* Return a copy of the file with the edits made, which are sorted and do not overlap. The rest of the file is
   neither read nor held in memory. */
export function applyEdits(file, edits, type) {
  const parts = []
  let offset = 0
  for (const { start, end, replacement } of edits) {
    parts.push(file.slice(offset, start))
    parts.push(...(replacement === null ? zeros(end - start) : [arrayOf(replacement)]))
    offset = end
  }
  return new Blob([...parts, file.slice(offset)], { type })
}
