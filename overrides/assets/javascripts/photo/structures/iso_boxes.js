/* The boxes that HEIC, AVIF, MP4 and MOV files consist of. */
import { MalformedData } from "../bounded_reader.js"
import { isBlank, numberOf } from "../bytes.js"

export const HEADER = 8

/* Yield the boxes between two offsets; zeros at the end, which QuickTime writes, are not a box. */
export function* boxes(reader, start, end) {
  let offset = start
  while (offset + HEADER <= end) {
    const header = reader.read(offset, HEADER)
    if (isBlank(header)) return
    let [length, body] = [numberOf(header.slice(0, 4)), offset + HEADER]
    if (length === 1) [length, body] = [reader.number(body, 8), body + 8]
    const boxEnd = length ? offset + length : end
    if (!(body <= boxEnd && boxEnd <= end)) throw new MalformedData("it ends too early")
    yield { type: header.slice(4), start: offset, body, end: boxEnd, length: boxEnd - body }
    offset = boxEnd
  }
  if (offset < end && !isBlank(reader.read(offset, end - offset))) throw new MalformedData("it ends too early")
}

/* Yield the boxes in a box, after the first `skip` bytes of its content. */
export const children = (reader, box, skip = 0) => boxes(reader, box.body + skip, box.end)

/* Yield the boxes in a `meta` box, which begins with a version except in QuickTime. */
export function childrenOfMeta(reader, meta) {
  const isQuickTime = meta.length >= HEADER && reader.read(meta.body + 4, 4) === "hdlr"
  return children(reader, meta, isQuickTime ? 0 : 4)
}

/* Return the first box of a type in a box; null if there is none, or no box to look into. */
export function child(reader, box, type) {
  if (!box) return null
  for (const part of children(reader, box)) {
    if (part.type === type) return part
  }
  return null
}

/* Return a reader of a box's content, after its first `skip` bytes. */
export const content = (reader, box, skip = 0) => reader.window(box.body + skip, box.length - skip)
