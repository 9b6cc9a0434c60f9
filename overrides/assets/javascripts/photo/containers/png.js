/* PNG: chunks; those that draw the picture are kept to the byte. */
import { MalformedData } from "../bounded_reader.js"
import { after, before, bytesOfNumber, decodeText, numberOf } from "../bytes.js"
import * as tell from "../disclosures.js"
import { makeEdit } from "../edits.js"
import * as contentCredentials from "../metadata/content_credentials.js"
import * as exif from "../metadata/exif.js"
import * as iptc from "../metadata/iptc.js"
import { categoryOf } from "../metadata/property_names.js"
import * as unknownData from "../metadata/unknown_data.js"
import * as xmp from "../metadata/xmp.js"
import { orientationInXmp } from "../orientation.js"

const SIGNATURE_LENGTH = 8
/* Sources: PNG, third edition; APNG. A chunk that is none of these draws nothing. */
const SHOWN = new Set((
  "IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV mDCv cLLI cLLi bKGD hIST pHYs sPLT"
  + " acTL fcTL fdAT CgBI"
).split(" "))
const EXIF = "eXIf"
const END = "IEND"
const CREDENTIALS = "caBX"
const TIME = "tIME"
const XMP = "XML:com.adobe.xmp"
const RAW_PROFILE = "raw profile type "
const COLOR_PROFILES = ["icc", "icm"]
const HEADER = 8
const CHECKSUM = 4

function* edits(reader) {
  const listed = [...chunks(reader)]
  const turns = listed.map((chunk) => ({ chunk, ...turnIn(reader, chunk) })).filter(({ turn }) => turn)
  const [deciding] = turns.sort((one, other) => one.rank - other.rank || one.turn - other.turn)
  for (const chunk of listed) {
    if (SHOWN.has(chunk.type)) continue
    const disclosures = tell.withDamage(chunkDisclosures(reader, chunk))
    const replacement = chunk === deciding?.chunk ? exifChunk(exif.withOrientation(deciding.turn)) : ""
    yield makeEdit(chunk.start, chunk.end, { disclosures, replacement })
  }
  const last = listed.at(-1)
  if (last?.type !== END) throw new MalformedData("it ends too early")
  if (last.end < reader.size) yield makeEdit(last.end, reader.size, { mayContainFile: true })
}

/* Yield the chunks up to the last, or up to the first that is cut off. */
function* chunks(reader) {
  let offset = SIGNATURE_LENGTH
  while (offset + HEADER + CHECKSUM <= reader.size) {
    const header = reader.read(offset, HEADER)
    const [body, length] = [offset + HEADER, numberOf(header.slice(0, 4))]
    const chunk = { type: header.slice(4), start: offset, body, length, end: body + length + CHECKSUM }
    if (chunk.end > reader.size) return
    yield chunk
    if (chunk.type === END) return
    offset = chunk.end
  }
}

/* Return how the chunk says that the picture is turned, and after which other chunks it counts. */
function turnIn(reader, chunk) {
  try {
    if (chunk.type === EXIF) return { rank: 0, turn: exif.orientation(reader.window(chunk.body, chunk.length)) }
    if (TEXTS.has(chunk.type)) {
      return turnInText(reader, ...TEXTS.get(chunk.type)(reader, reader.read(chunk.body, chunk.length)))
    }
  } catch (error) {
    if (!(error instanceof MalformedData)) throw error
  }
  return { turn: null }
}

/* Return what XMP says, or EXIF or XMP that ImageMagick wrote as text. */
function turnInText(reader, keyword, text) {
  if (keyword === XMP) return { rank: 2, turn: orientationInXmp(text) }
  const lower = keyword.toLowerCase()
  const name = lower.startsWith(RAW_PROFILE) ? lower.slice(RAW_PROFILE.length) : null
  if (!["exif", "app1", "xmp"].includes(name)) return { turn: null }
  const profile = rawProfile(text)
  const inExif = exif.orientation(reader.derived(profile))
  return inExif ? { rank: 1, turn: inExif } : { rank: 2, turn: orientationInXmp(profile) }
}

function exifChunk(bytes) {
  return bytes && bytesOfNumber(bytes.length, 4) + EXIF + bytes + bytesOfNumber(checksum(EXIF + bytes), CHECKSUM)
}

/* Source: PNG, third edition, annex D. */
function checksum(bytes) {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte.charCodeAt(0)
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}

function* chunkDisclosures(reader, chunk) {
  if (chunk.type === EXIF) {
    yield* exif.disclosures(reader.window(chunk.body, chunk.length))
    return
  }
  const bytes = reader.read(chunk.body, chunk.length)
  if (TEXTS.has(chunk.type)) yield* textDisclosures(reader, ...TEXTS.get(chunk.type)(reader, bytes))
  else if (chunk.type === TIME && bytes.length === 7) yield tell.disclosure(tell.TIME, writtenTime(bytes))
  else if (chunk.type === CREDENTIALS) yield* contentCredentials.disclosures(reader.derived(bytes))
  else yield* unknownData.disclosures(reader.derived(bytes), decodeText(chunk.type))
}

function writtenTime(bytes) {
  const [month, day, ...time] = Array.from(bytes.slice(2), (byte) => String(byte.charCodeAt(0)).padStart(2, "0"))
  return `${numberOf(bytes.slice(0, 2))}-${month}-${day} ${time.join(":")}`
}

function* textDisclosures(reader, keyword, text) {
  const category = categoryOf(keyword)
  if (keyword === XMP) yield* xmp.disclosures(reader.derived(text))
  else if (keyword.toLowerCase().startsWith(RAW_PROFILE)) {
    const profile = reader.derived(rawProfile(text))
    yield* profileDisclosures(profile, keyword.slice(RAW_PROFILE.length).toLowerCase())
  } else if (category === tell.THUMBNAIL) yield tell.disclosure(category)
  else {
    yield* tell.textDisclosures(category ?? tell.TEXT, decodeText(text))
    yield* unknownData.locations(reader.derived(text))
  }
}

/* Yield what a profile that ImageMagick wrote as text gives away. */
function* profileDisclosures(profile, name) {
  if (PROFILES.has(name)) yield* PROFILES.get(name)(profile)
  else if (!COLOR_PROFILES.includes(name)) yield* unknownData.disclosures(profile, name)
}

/* Return the bytes of a profile that is written as a name, a length, and lines of hexadecimal digits. */
function rawProfile(text) {
  const [, , ...lines] = text.replace(/^[ \t-\r]+|[ \t-\r]+$/g, "").split("\n")
  const words = lines.join("\n").split(/[ \t-\r]+/).filter(Boolean)
  if (!lines.length || words.some((word) => word.length % 2 || /[^0-9a-fA-F]/.test(word))) {
    throw new MalformedData("a profile in it is damaged")
  }
  return words.map((word) => word.replace(/../g, (digits) => String.fromCharCode(parseInt(digits, 16)))).join("")
}

/* Yield what IPTC gives away, which may be in the resources of Photoshop. */
function readIptc(profile) {
  const isPhotoshop = profile.size >= 4 && profile.read(0, 4) === "8BIM"
  return isPhotoshop ? exif.photoshopDisclosures(profile) : iptc.disclosures(profile)
}

/* Yield what a segment of JPEG gives away, which is XMP after its address, or EXIF. */
function readApp1(profile) {
  const bytes = profile.readAll()
  return bytes.startsWith("http") ? xmp.disclosures(profile.derived(after(bytes, "\0"))) : exif.disclosures(profile)
}

const PROFILES = new Map([
  ["exif", exif.disclosures],
  ["app1", readApp1],
  ["xmp", xmp.disclosures],
  ["iptc", readIptc],
  ["8bim", readIptc],
  ["photoshop", readIptc],
])

/* Each returns the keyword and the text after it. */
const TEXTS = new Map([
  ["tEXt", (_reader, bytes) => keywordAndRest(bytes)],
  ["zTXt", (reader, bytes) => {
    const [keyword, text] = keywordAndRest(bytes)
    return [keyword, keyword ? reader.inflate(text.slice(1)) : text]
  }],
  ["iTXt", (reader, bytes) => {
    const [keyword, rest] = keywordAndRest(bytes)
    if (!keyword) return [keyword, rest]
    const text = after(after(rest.slice(2), "\0"), "\0")
    return [keyword, rest[0] === "\x01" ? reader.inflate(text) : text]
  }],
])

/* Split a text after its keyword; without the byte that ends a keyword, all of it is text. */
function keywordAndRest(bytes) {
  return bytes.includes("\0") ? [decodeText(before(bytes, "\0")), after(bytes, "\0")] : ["", bytes]
}

export const FORMATS = [{ name: "PNG", mediaType: "image/png", signature: /^\x89PNG\r\n\x1a\n/, edits }]
