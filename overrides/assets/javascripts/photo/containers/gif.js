/* GIF: blocks; those that draw the picture are kept to the byte. */
import { MalformedData } from "../bounded_reader.js"
import { decodeText } from "../bytes.js"
import { TEXT, textDisclosures, withDamage } from "../disclosures.js"
import { makeEdit } from "../edits.js"
import * as unknownData from "../metadata/unknown_data.js"
import * as xmp from "../metadata/xmp.js"

const HEADER = 13
const EXTENSION = 0x21
const IMAGE = 0x2c
const END = 0x3b
const JUNK = -1
const CONTROL = 0xf9
const APPLICATION = 0xff
const TEXTS = [0x01, 0xfe]
const APPLICATION_NAME = 11
/* How often an animation is repeated, and the color profile. */
const SHOWN = ["NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012"]
const XMP = "XMP DataXMP"
/* XMP is not split into parts. These bytes after it lead any reader to its end. Source: XMP, part 3. */
const XMP_TRAILER = `\x01${Array.from({ length: 256 }, (_, place) => String.fromCharCode(255 - place)).join("")}\0`
const BLOCK = 2 ** 16

function* edits(reader) {
  let showsAnything = false
  for (const block of blocks(reader)) {
    showsAnything ||= block.kind === IMAGE || block.kind === END
    if ([END, JUNK].includes(block.kind)) {
      if (block.end < reader.size) yield makeEdit(block.end, reader.size, { mayContainFile: true })
    } else if (block.kind === EXTENSION && !isShown(reader, block)) {
      yield makeEdit(block.start, block.end, { disclosures: withDamage(disclosures(reader, block)) })
    }
  }
  if (!showsAnything) throw new MalformedData("it shows no picture")
}

/* Yield the blocks up to the one that ends the picture; a few programs leave that one out. Like browsers, it takes
   bytes that are not a block for the end of the picture. */
function* blocks(reader) {
  let offset = HEADER + colorTable(reader.number(10, 1))
  while (offset < reader.size) {
    const kind = reader.number(offset, 1)
    if (kind === 0) { // Some programs write one end of parts too many.
      offset += 1
      continue
    }
    const block = blockAt(reader, kind, offset)
    yield block
    if ([END, JUNK].includes(block.kind)) return
    offset = block.end
  }
}

function blockAt(reader, kind, start) {
  if (kind === END) return { kind, start, end: start + 1 }
  if (kind === EXTENSION) {
    const [label, body] = [reader.number(start + 1, 1), start + 2]
    return { kind, label, start, body, end: endOfParts(reader, body) }
  }
  if (kind === IMAGE) {
    const body = start + 11 + colorTable(reader.number(start + 9, 1))
    return { kind, start, body, end: endOfParts(reader, body) }
  }
  return { kind: JUNK, start, end: start }
}

/* Return the size of the table of colors that may follow. */
const colorTable = (flags) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

/* Return where a row of parts ends; each begins with its length, and one of length 0 ends it. */
function endOfParts(reader, start) {
  for (let offset = start; ;) {
    const block = reader.peek(offset, BLOCK)
    if (!block) throw new MalformedData("it ends too early")
    let at = 0
    while (at < block.length) {
      const length = block.charCodeAt(at)
      at += 1 + length
      if (!length) return offset + at
    }
    offset += at
  }
}

const isShown = (reader, block) => block.label === CONTROL || SHOWN.includes(application(reader, block))

const application = (reader, block) =>
  block.label === APPLICATION ? reader.peek(block.body + 1, APPLICATION_NAME) : ""

function* disclosures(reader, block) {
  const bytes = reader.read(block.body, block.end - block.body)
  const name = application(reader, block)
  if (TEXTS.includes(block.label)) {
    yield* textDisclosures(TEXT, decodeText(joined(bytes)))
    yield* unknownData.locations(reader.derived(joined(bytes)))
  } else if (name === XMP) {
    const packet = bytes.slice(1 + APPLICATION_NAME)
    const isWhole = packet.endsWith(XMP_TRAILER)
    yield* xmp.disclosures(reader.derived(isWhole ? packet.slice(0, -XMP_TRAILER.length) : joined(packet)))
  } else {
    const content = joined(bytes).slice(name.length)
    yield* unknownData.disclosures(reader.derived(content), decodeText(name) || "an extension")
  }
}

/* Return the content of a row of parts without their lengths. */
function joined(bytes) {
  const parts = []
  let at = 0
  while (at < bytes.length && bytes.charCodeAt(at)) {
    const end = at + 1 + bytes.charCodeAt(at)
    parts.push(bytes.slice(at + 1, end))
    at = end
  }
  return parts.join("")
}

export const FORMATS = [{ name: "GIF", mediaType: "image/gif", signature: /^GIF8[79]a/, edits }]
