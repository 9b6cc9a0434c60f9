/* XMP: properties as XML, in every format. */
import { MalformedData } from "../bounded_reader.js"
import { arrayOf, bytesOf, decode, isBlank } from "../bytes.js"
import * as tell from "../disclosures.js"
import { writtenPosition } from "../written_positions.js"
import { XmlFlaw, parseXml } from "../xml_parser.js"
import { degreesFromXmp, formatPosition, hasFixFrom, isPosition } from "./gps.js"
import { categoryOf, isTechnical } from "./property_names.js"

export const EMPTY_PACKET = '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
const RESOURCE = `${RDF} resource`
const ABOUT = `${RDF} about`
const WRAPPERS = [RDF, "http://www.w3.org/XML/1998/namespace", "adobe:ns:meta/"]
/* The instructions that begin and end a packet, and how early programs of Adobe escaped it. */
const INSTRUCTIONS = ["xpacket", "adobe-xap-filters"]
const BLANK = /^[\0 \t\r\n\xef\xbb\xbf]+/
const MARKS = [["\xff\xfe\0\0", "utf-32le"], ["\0\0\xfe\xff", "utf-32be"], ["\xff\xfe", "utf-16le"],
  ["\xfe\xff", "utf-16be"]]
/* Which of the first four bytes are 0, as the first letters of XML are ASCII. */
const ENCODINGS = new Map([["0111", "utf-32le"], ["1110", "utf-32be"], ["0101", "utf-16le"], ["1010", "utf-16be"]])
const MAX_LETTERS = 500
const LATITUDES = new Set(["gpslatitude", "latitude", "lat", "decimallatitude", "gpslat"])
const LONGITUDES = new Set(["gpslongitude", "longitude", "long", "lon", "lng", "decimallongitude", "gpslon",
  "gpslongtitude"])
const ZERO = /^[+-]?0*(?:\.0*)?(?:\/\d+)?\s*m?$/
/* Vocabularies about places: W3C Geo, GeoRSS, GML, GeoNames, cells of phone networks, and others that say so. */
const GEOGRAPHIC = /wgs84|georss|opengis|geonames|\/geo[/#]|\/cell\/|geolocation/i

/* What is written between the properties, where no program writes anything. */
const BESIDE_PROPERTIES = { name: "a text beside the properties", category: tell.HIDDEN }

/* Yield what an XMP packet gives away; what precedes a flaw is yielded as well. */
export function* disclosures(reader) {
  const packet = reader.readAll()
  if (!packet.replace(BLANK, "")) return
  const collector = new Collector(() => reader.budget.spendParts())
  let flaw = null
  try {
    parseXml(asUtf8(packet).replace(/\0+$/, ""), collector)
  } catch (error) {
    if (!(error instanceof XmlFlaw)) throw error
    flaw = error
  }
  yield* propertyDisclosures(collector.properties)
  if (flaw) throw new MalformedData(`its XMP is damaged (${flaw.message})`)
}

/* Yield what properties give away, which together may be a position. */
function* propertyDisclosures(properties) {
  const hasFix = propertiesHaveFix(properties)
  yield* positions(properties, hasFix)
  for (const { name, value, category } of properties) {
    if (category === tell.THUMBNAIL) yield tell.disclosure(category)
    else if (category === tell.POSITION) yield* position(name, value, hasFix)
    else if (category === tell.HIDDEN) {
      yield* tell.textDisclosures(tell.HIDDEN, name)
      yield* tell.writtenLocations(value)
    } else if (category) yield* tell.textDisclosures(category, value)
  }
}

const isLatitude = ({ name }) => LATITUDES.has(name.toLowerCase())
const isLongitude = ({ name }) => LONGITUDES.has(name.toLowerCase())

function* position(name, value, hasFix) {
  if (isLatitude({ name }) || isLongitude({ name })) return
  if (hasFix || !ZERO.test(value)) yield* tell.textDisclosures(tell.POSITION, value)
}

function* positions(properties, hasFix) {
  const [norths, easts] = [isLatitude, isLongitude].map((isHalf) => properties.filter(isHalf))
  for (let place = 0; place < Math.max(norths.length, easts.length); place += 1) {
    const [north, east] = [norths[place]?.value ?? "", easts[place]?.value ?? ""]
    const [latitude, longitude] = [degreesFromXmp(north), degreesFromXmp(east)]
    if (latitude === null || longitude === null) yield* tell.textDisclosures(tell.POSITION, `${north} ${east}`)
    else if (isPosition(latitude, longitude, hasFix)) {
      yield tell.disclosure(tell.POSITION, formatPosition(latitude, longitude))
    }
  }
}

function propertiesHaveFix(properties) {
  const values = new Map(properties.map(({ name, value }) => [name, value]))
  return hasFixFrom(values.get("GPSStatus") ?? "", values.get("GPSMeasureMode") ?? "")
}

/* Return a packet in UTF-8, which may be in UTF-16 or UTF-32, with or without a mark of its order. */
function asUtf8(packet) {
  const zeros = Array.from(packet.slice(0, 4), (byte) => (isBlank(byte) ? "1" : "0")).join("")
  const encoding = MARKS.find(([mark]) => packet.startsWith(mark))?.[1] ?? ENCODINGS.get(zeros)
  if (!encoding) return packet.replace(BLANK, "")
  const text = encoding.startsWith("utf-32") ? decodeUtf32(packet, encoding === "utf-32le") : decode(packet, encoding)
  return bytesOf(new TextEncoder().encode(text)).replace(BLANK, "")
}

/* Browsers cannot decode UTF-32. */
function decodeUtf32(packet, isLittleEndian) {
  const view = new DataView(arrayOf(packet).buffer)
  return Array.from({ length: Math.floor(packet.length / 4) }, (_, place) => {
    const number = view.getUint32(4 * place, isLittleEndian)
    return number <= 0x10ffff ? String.fromCodePoint(number) : "\ufffd"
  }).join("")
}

/* Collects the properties of XML that a parser reads, nested ones too. An element of RDF has the name of the
   property around it. */
class Collector {
  properties = []
  #countPart
  #elements = []

  constructor(countPart) {
    this.#countPart = countPart
  }

  start(name, attributes) {
    this.#countPart()
    const isNamed = namesItsProperty(attributes)
    const propertyName = attributes.get("name")
    const around = this.#element(...split(name))
    const element = isNamed ? { name: propertyName, category: meaning("", propertyName, around.category) } : around
    this.#elements.push(element)
    for (const [key, value] of attributes) {
      if (isNamed && key === "name") continue
      this.#countPart()
      const [namespace, local] = split(key)
      if (key === RESOURCE || (isNamed && key === "value")) this.#keep(element.name, value, element.category)
      else if (key === ABOUT || (WRAPPERS.includes(namespace) && writtenPosition(value))) {
        this.#keep(local, value, tell.HIDDEN)
      }
      else if (!WRAPPERS.includes(namespace)) this.#keep(local, value, meaning(namespace, local, element.category))
    }
  }

  end() {
    this.#elements.pop()
  }

  characters(text) {
    const element = this.#elements.at(-1)
    if (element) this.#keep(element.name, text.slice(0, MAX_LETTERS).trim(), element.category)
  }

  comment(text) {
    this.#countPart()
    this.#keep("comment", text, tell.TEXT)
  }

  instruction(target, text) {
    this.#countPart()
    if (!INSTRUCTIONS.includes(target)) this.#keep(target, text, tell.HIDDEN)
  }

  #element(namespace, local) {
    const around = this.#elements.at(-1) ?? { name: "", category: null }
    if (WRAPPERS.includes(namespace)) return around.name ? around : BESIDE_PROPERTIES
    return { name: local, category: meaning(namespace, local, around.category) }
  }

  #keep(name, value, category) {
    if (name && value.trim()) this.properties.push({ name, value: value.slice(0, MAX_LETTERS), category })
  }
}

/* Tell whether an element is as in `<Item name="Latitude" value="51:30:02">`, which cameras write. */
const namesItsProperty = (attributes) =>
  attributes.has("name") && (attributes.has("value") || categoryOf(attributes.get("name")) !== null)

/* Split a name into its namespace and the name in it. */
function split(name) {
  const at = name.lastIndexOf(" ")
  return [name.slice(0, Math.max(at, 0)), name.slice(at + 1)]
}

/* Return what a property discloses, by its name, its vocabulary, or the property that it is a part of. */
function meaning(namespace, name, around) {
  const category = categoryOf(name)
  if (category) return category
  if (isTechnical(name)) return null
  if (GEOGRAPHIC.test(namespace)) return tell.POSITION
  return [tell.POSITION, tell.PLACE].includes(around) ? around : tell.HIDDEN
}
