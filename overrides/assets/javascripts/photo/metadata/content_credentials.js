/* Content credentials (C2PA): signed statements about a picture, in the boxes of JUMBF. */
import { HIDDEN, POSSIBLE_POSITION, disclosure } from "../disclosures.js"
import { boxes, children, content } from "../structures/iso_boxes.js"
import * as traces from "./traces.js"

/* Source: ISO/IEC 19566-5 and the C2PA specification. Each can be read as text, or is a picture. */
const READABLE = new Set(["jumd", "json", "cbor", "bfdb", "bidb", "c2sh", "uuid", "free", "xml ", "jp2c"])
const SUPERBOX = "jumb"
const NAME = "content credentials (C2PA)"
const MAX_DEPTH = 16

/* Yield the locations that content credentials state; that there may be one if a part is of another kind. */
export function* disclosures(reader) {
  yield disclosure(HIDDEN, NAME)
  for (const box of leaves(reader, boxes(reader, 0, reader.size))) {
    if (READABLE.has(box.type)) yield* traces.disclosures(content(reader, box))
    else yield disclosure(POSSIBLE_POSITION, NAME)
  }
}

function* leaves(reader, ofBoxes, depth = 0) {
  for (const box of ofBoxes) {
    if (box.type === SUPERBOX && depth < MAX_DEPTH) yield* leaves(reader, children(reader, box), depth + 1)
    else yield box
  }
}
