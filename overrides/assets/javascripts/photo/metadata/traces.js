/* Traces of locations in data whose kind nobody knows: texts that state one, and the marks of recorders. */
import { decodeText } from "../bytes.js"
import { POSSIBLE_POSITION, disclosure, writtenLocations } from "../disclosures.js"

const BEGINNING = 2 ** 20
const END = 2 ** 16
const READ_PER_PART = 32
const MAX_FOUND = 100
const TEXTS = /[\x20-\x7e]{8,4000}|(?:[\x20-\x7e]\0){8,4000}/g
/* How the boxes begin in which Garmin's and 360Fly's cameras record where they are. Source: ExifTool. */
const SENSORS = ["9b630f8d637440ec8204bc5ff5091728", "efe1589abb7749ef809527759eb1dc6f"]
  .map((digits) => digits.replace(/../g, (two) => String.fromCharCode(parseInt(two, 16))))
/* Names of properties, and marks of dash cameras, 360° cameras and photo programs. All of them are long enough not
   to occur by chance. */
const MARKS = new RegExp(
  "freeGPS |LIGOGPSINFO|GPS_?(?:[Ll]atitude|[Ll]ongitude|[Pp]osition|[Cc]oordinates|Info)"
  + "|location\\.ISO6709|8db42d694ccc418790edff439fe026bf|~[\\x10\\x18]\\x04.{1,9}0MIE|MCC_Data|\\xa9xyz\\0"
  + "|GKU_GPSDATA|__V35AX_QVDATA__|RMETA\\0|PNDM\\0|loci\\0{4}|"
  + SENSORS.map((bytes) => bytes.replace(/\W/g, "\\$&")).join("|"),
  "gs",
)
const NAMES = new Map([
  ["8db42d694ccc418790edff439fe026bf", "Insta360"],
  ["MCC_Data", "the country of the phone network"],
  ["freeGPS ", "a dash camera's GPS"],
  ["LIGOGPSINFO", "a dash camera's GPS"],
  ["GKU_GPSDATA", "a dash camera's GPS"],
  ["__V35AX_QVDATA__", "a dash camera's GPS"],
  ["loci\0\0\0\0", "a place"],
  ...SENSORS.map((bytes) => [bytes, "measurements of a camera"]),
  ["PNDM\0", "a dash camera's GPS"],
  ["RMETA\0", "notes of a survey camera"],
])

/* Yield the locations that are written in the data, and what may be one; of long data, of its two ends. */
export function* disclosures(reader) {
  for (const bytes of ends(reader)) {
    reader.budget.spendParts(Math.floor(bytes.length / READ_PER_PART))
    yield* firstFew(written(bytes))
    const marks = new Set(Array.from(firstFew(bytes.matchAll(MARKS)), ([mark]) => mark))
    for (const mark of marks) yield disclosure(POSSIBLE_POSITION, NAMES.get(mark) ?? mark.replace(/[^A-Za-z0-9]/g, ""))
  }
}

function* written(bytes) {
  for (const [text] of bytes.matchAll(TEXTS)) yield* writtenLocations(decodeText(text.replaceAll("\0", "")))
}

function* firstFew(sequence) {
  let left = MAX_FOUND
  for (const item of sequence) {
    yield item
    left -= 1
    if (!left) return
  }
}

/* Yield the first megabyte of the data, and the last 64 kB if there is more. */
export function* ends(reader) {
  yield reader.peek(0, BEGINNING)
  if (reader.size > BEGINNING) yield reader.peek(Math.max(BEGINNING, reader.size - END), END)
}
