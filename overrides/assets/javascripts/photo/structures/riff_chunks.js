/* The chunks that WebP files consist of. */
import { numberOf } from "../bytes.js"

const HEADER = 8

/* Yield the chunks between two offsets, up to the last or the first that is cut off; their content is padded to
   an even number. A few programs leave out the byte that makes the last one even. */
export function* chunks(reader, start, end) {
  let offset = start
  while (offset + HEADER <= end) {
    const header = reader.read(offset, HEADER)
    const length = numberOf(header.slice(4), true)
    const body = offset + HEADER
    if (body + length > end) return
    const chunk = { type: header.slice(0, 4), start: offset, body, length, end: body + length + (length % 2) }
    yield chunk
    offset = chunk.end
  }
}
