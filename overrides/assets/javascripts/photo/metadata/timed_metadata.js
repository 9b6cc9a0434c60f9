/* Timed metadata: tracks of measurements, such as positions, that a camera records while it films. */
import { decodeText, numberOf } from "../bytes.js"
import { POSITION, POSSIBLE_POSITION, disclosure, isLocation, ranked, withDamage } from "../disclosures.js"
import { makeEdit } from "../edits.js"
import { child } from "../structures/iso_boxes.js"
import * as gopro from "./gopro.js"
import * as traces from "./traces.js"

const APPLE = "mebx"
/* The formats of GoPro, Google, Sony, DJI, Canon and Apple. */
const MEASUREMENTS = ["gpmd", "camm", "rtmd", "djmd", "dbgi", "CTMD", APPLE]
/* What is seen and heard, and what says how. Source: the list of the MP4 Registration Authority. */
const SHOWN = [
  ..."vide soun text sbtl subt subp clcp hint auxv pict tmcd sdsm odsm crsm MPEG musi twen sprt qd3d".split(" "), "",
]
/* What says where in a motion photo its picture is. */
const HARMLESS = ["application/motionphoto-image-meta", "application/microvideo-image-meta"]
const SUBTITLES = ["text", "sbtl", "subt", "subp", "clcp"]
const GOPRO = "gpmd"
const MAX_DESCRIPTION = 2 ** 16
const MOST_SAMPLES = 64
const MAX_SAMPLE = 2 ** 14
const IN_SUBTITLES = "its subtitles say where it was filmed; export the video without them, for example with a video "
  + "editor, and clean the export"

/* Yield an obstacle for a track of measurements, which cannot be taken out of its file. Drones write positions into
   subtitles, some of which are read. Phones also record measurements of the camera, and name each of them; a track
   without a location may stay. */
export function* trackEdits(reader, track) {
  const [handler, description] = [readHandler(reader, track), sampleDescription(reader, track)]
  const format = description.slice(4, 8)
  if (SUBTITLES.includes(handler)) {
    const disclosures = samplesDisclosures(reader, track, traces.disclosures)
    yield makeEdit(0, 0, { disclosures, obstacle: disclosures.length ? IN_SUBTITLES : null })
  }
  if (SHOWN.includes(handler) && !MEASUREMENTS.includes(format)) return
  if (HARMLESS.some((mediaType) => description.includes(mediaType))) return
  if (format === APPLE && !description.includes("location")) return
  const name = decodeText(format)
  yield makeEdit(track.start, track.start, {
    disclosures: measurements(reader, track, format, name || decodeText(handler)),
    obstacle: `a track of measurements (${name}) accompanies the picture;`
      + " export the video without it, for example with a video editor, and clean the export",
  })
}

function* measurements(reader, track, format, name) {
  if (format === APPLE) {
    yield disclosure(POSITION, "at every moment, in a track of measurements")
    return
  }
  if (format === GOPRO) yield* samplesDisclosures(reader, track, gopro.disclosures)
  yield disclosure(POSSIBLE_POSITION, `a track of measurements, ${name}`)
}

/* Return the locations in samples from the beginning to the end of a track. */
function samplesDisclosures(reader, track, read) {
  const offsets = chunkOffsets(reader, track)
  const step = 1 + Math.floor(offsets.length / MOST_SAMPLES)
  const { size } = reader
  const samples = offsets
    .filter((start, place) => place % step === 0 && start < size)
    .map((start) => reader.window(start, Math.min(MAX_SAMPLE, size - start)))
  return ranked(samples.flatMap((sample) => [...withDamage(read(sample))].filter(isLocation))).slice(0, 1)
}

/* Return where the samples of a track are. Source: ISO/IEC 14496-12, ChunkOffsetBox. */
function chunkOffsets(reader, track) {
  const table = sampleTable(reader, track)
  for (const [type, width] of [["stco", 4], ["co64", 8]]) {
    const box = child(reader, table, type)
    if (box && box.length > 8) {
      const bytes = reader.read(box.body + 8, box.length - 8)
      const count = Math.floor(bytes.length / width)
      reader.budget.spendParts(count)
      return Array.from({ length: Math.ceil(bytes.length / width) }, (_, place) =>
        numberOf(bytes.slice(place * width, (place + 1) * width)))
    }
  }
  return []
}

/* Return what kind of track it is; empty if it does not say. */
function readHandler(reader, track) {
  const handler = child(reader, child(reader, track, "mdia"), "hdlr")
  return handler && handler.length >= 12 ? reader.read(handler.body + 8, 4) : ""
}

const sampleTable = (reader, track) =>
  ["mdia", "minf", "stbl"].reduce((table, type) => child(reader, table, type), track)

/* Return the first entry of the sample description; empty if there is none. */
function sampleDescription(reader, track) {
  const table = child(reader, sampleTable(reader, track), "stsd")
  return table ? reader.read(table.body + 8, Math.min(table.length - 8, MAX_DESCRIPTION)) : ""
}
