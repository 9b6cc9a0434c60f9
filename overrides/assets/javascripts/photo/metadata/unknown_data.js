/* Data that is not needed to show the picture and whose kind the container does not know. */
import { MalformedData } from "../bounded_reader.js"
import { HIDDEN, POSSIBLE_POSITION, disclosure, isLocation, textDisclosures } from "../disclosures.js"
import * as contentCredentials from "./content_credentials.js"
import * as dashCameras from "./dash_cameras.js"
import * as exif from "./exif.js"
import * as gopro from "./gopro.js"
import * as iptc from "./iptc.js"
import * as traces from "./traces.js"
import * as xmp from "./xmp.js"

const EXIF = /(?:II\*\0|MM\0\*)(?=.{4})/s
const EXIF_DISTANCE = 64
const EXIF_ANYWHERE = /Exif\0.(?=II\*\0|MM\0\*)/s
const XMP = /<(x:x[ma]pmeta|rdf:RDF)\b/g
const MAX_PACKETS = 16
const IPTC = /\x1c[\x01\x02].\0/s
/* The datasets of IPTC that name a place: by chance, hardly any data has two letters after one. */
const PLACE = /\x1c\x02[\x1a\x1b\x5a\x5c\x5f\x64\x65]\0[\x01-\x80](?=(?:[A-Za-z]|[\xc3-\xe9][\x80-\xbf]){2})/
/* A part that is called so is made to hold positions. */
const POSITIONS = /gps|^geo|\bloc\b|iso6709/i

/* Yield the name of the data, which may say what it is made for, and each location that is found in it. */
export function* disclosures(reader, name) {
  yield* textDisclosures(HIDDEN, name)
  if (POSITIONS.test(name)) yield* textDisclosures(POSSIBLE_POSITION, name)
  yield* locations(reader)
}

/* Yield what is found in the data about locations, and what may be one. */
export function* locations(reader) {
  const ofBlocks = [...traces.ends(reader)].flatMap((bytes) => [...blocks(reader.derived(bytes), bytes)])
  if (ofBlocks.length) yield* ofBlocks
  else yield* traces.disclosures(reader)
}

/* Yield what blocks of known kinds say that begin somewhere in the data. */
function* blocks(reader, bytes) {
  for (const packet of packets(bytes)) yield* locationsOf(xmp.disclosures(reader.derived(packet)))
  const start = exifStart(bytes)
  if (start !== null) yield* locationsOf(exif.disclosures(reader.window(start, reader.size - start)))
  for (const [signature, read] of READERS) {
    const at = bytes.search(signature)
    if (at >= 0) yield* locationsOf(read(reader.window(at, reader.size - at)))
  }
}

function exifStart(bytes) {
  const near = bytes.slice(0, EXIF_DISTANCE).search(EXIF)
  if (near >= 0) return near
  const match = EXIF_ANYWHERE.exec(bytes)
  return match && match.index + match[0].length
}

/* Yield the first packets of XMP; one that does not end reaches to the end of the data. */
function* packets(bytes) {
  let end = 0
  for (let left = MAX_PACKETS; left; left -= 1) {
    XMP.lastIndex = end
    const start = XMP.exec(bytes)
    if (!start) return
    const close = bytes.indexOf(`</${start[1]}`, start.index + start[0].length)
    end = close >= 0 ? bytes.indexOf(">", close) + 1 : 0
    yield bytes.slice(start.index, end || undefined)
    if (!end) return
  }
}

/* Yield the locations in a block; if it cannot be read to its end, there may be more. */
function* locationsOf(ofBlock) {
  try {
    for (const item of ofBlock) {
      if (isLocation(item)) yield item
    }
  } catch (error) {
    if (!(error instanceof MalformedData)) throw error
    yield disclosure(POSSIBLE_POSITION, "a part that cannot be read")
  }
}

/* Yield what a trailer of AFCP says, whose IPTC may precede or follow its first mark. */
function* readAfcp(reader) {
  const at = reader.peek(0, reader.size).search(IPTC)
  if (at >= 0) yield* iptc.disclosures(reader.window(at, reader.size - at))
  else yield disclosure(POSSIBLE_POSITION, "AFCP")
}

const READERS = [
  [/freeGPS /, dashCameras.disclosures],
  [/AXS[!*]/, readAfcp],
  [/8BIM\x04[\x04\x22-\x24]/, exif.photoshopDisclosures],
  [PLACE, iptc.disclosures],
  [/....jumb....jumd/s, contentCredentials.disclosures],
  [/DEVC[\0\x01].{3}|GPS[59]l.{3}/s, gopro.disclosures],
]
