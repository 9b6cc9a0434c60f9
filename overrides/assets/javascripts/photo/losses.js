/* What viewers can no longer show in a clean copy. */
import { BoundedReader, MalformedData } from "./bounded_reader.js"
import { isBlank, numberOf } from "./bytes.js"
import { Tiff } from "./structures/tiff_directories.js"

const BLOCK = 2 ** 20
const BEGINNING = 2 ** 18
/* Sources: Ultra HDR image format, ISO 21496-1, and what Apple, Google and Samsung write. */
const GAIN_MAP = "the gain map, which makes it brighter on HDR screens"
const LOSSES = [
  [GAIN_MAP, /hdr-gain-map|HDRGainMap|hdrgainmap|iso:ts:21496|Semantic=.GainMap/],
  ["the short film of a motion photo", /MotionPhoto|MicroVideo/],
  ["the map of depths, which blurs the background", /GDepth:|\/depthmap\/|Semantic=.Depth/],
  ["the note that it is a panorama, so that it is shown flat", /GPano:ProjectionType/],
]
const PICTURE = "another file, JPEG"
const FILES = new Map([
  ["another file, MP4", "the short film of a motion photo"],
  ["another file, MOV", "the short film of a motion photo"],
  [PICTURE, "another picture after the first"],
])
const LIST = "MPF\0"
const LIST_ENTRIES = 0xb002
const LIST_ENTRY = 16
const KIND = 0xffffff
/* Source: CIPA DC-007, the individual image attributes. A preview shows what the picture shows. */
const VIEWS = new Map([
  [0x020001, "the other parts of a panorama"],
  [0x020002, "the second view, which makes it three-dimensional"],
  [0x020003, "the view from another angle"],
])

/* Return what the edits of a file take from those who look at it, each once. */
export function lossesOf(source, { edits, disclosures }) {
  const changed = edits.filter((edit) => changes(source, edit)).map(({ start, end }) =>
    source.read(start, Math.min(end - start, BEGINNING)))
  const losses = new Set(changed.flatMap((beginning) => [...lossesIn(beginning)]))
  const isExplained = changed.some(hasList) || losses.has(GAIN_MAP)
  if (changed.length) {
    for (const { value } of disclosures) {
      if (FILES.has(value) && !(isExplained && value === PICTURE)) losses.add(FILES.get(value))
    }
  }
  return [...losses]
}

/* Tell whether a span differs from what replaces it. */
function changes(source, { start, end, replacement }) {
  if (replacement !== null) return source.read(start, end - start) !== replacement
  for (let at = start; at < end; at += BLOCK) {
    if (!isBlank(source.read(at, Math.min(BLOCK, end - at)))) return true
  }
  return false
}

function* lossesIn(beginning) {
  for (const [loss, pattern] of LOSSES) {
    if (pattern.test(beginning)) yield loss
  }
  if (hasList(beginning)) yield* viewsIn(beginning)
}

const hasList = (beginning) => beginning.slice(0, 8).includes(LIST)

/* Yield which other views a list of pictures names; none if it only names previews, or is damaged. */
function* viewsIn(segment) {
  for (const attributes of listed(segment.slice(segment.indexOf(LIST) + LIST.length)).slice(1)) {
    if (VIEWS.has(attributes & KIND)) yield VIEWS.get(attributes & KIND)
  }
}

function listed(bytes) {
  try {
    const tiff = new Tiff(BoundedReader.ofBytes(bytes))
    const entry = tiff.directories().next().value?.entry(LIST_ENTRIES)
    const table = entry ? tiff.content(entry).readAll() : ""
    return Array.from({ length: Math.floor(table.length / LIST_ENTRY) }, (_, place) =>
      numberOf(table.slice(place * LIST_ENTRY, place * LIST_ENTRY + 4), tiff.isLittleEndian))
  } catch (error) {
    if (!(error instanceof MalformedData)) throw error
    return []
  }
}
