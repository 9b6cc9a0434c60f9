/* How a picture is turned, if XMP says so: the one thing in metadata that changes what people see. */
import { decode } from "./bytes.js"

export const UPRIGHT = 1
const TIFF = "http://ns.adobe.com/tiff/1.0/"
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
const PREFIX = /xmlns:([\w.-]{1,50})\s{0,9}=\s{0,9}["']http:\/\/ns\.adobe\.com\/tiff\/1\.0\/["']/g
const ATTRIBUTE = "Orientation\\s{0,9}=\\s{0,9}[\"']\\s{0,9}([1-8])\\s{0,9}[\"']"
const ELEMENT = "Orientation(?:\\s[^<>]{0,200})?>\\s{0,9}([1-8])\\s{0,9}<"
const MARKS = [["\xfe\xff", "utf-16be"], ["\xff\xfe", "utf-16le"], ["<\0", "utf-16le"], ["\0<", "utf-16be"]]

/* Return how an XMP packet says that the picture is turned, from 1 to 8; null if it does not say so. */
export function orientationInXmp(packet) {
  const text = decode(packet, MARKS.find(([mark]) => packet.startsWith(mark))?.[1] ?? "utf-8")
  const prefixes = new Set(Array.from(text.matchAll(PREFIX), ([, prefix]) => prefix))
  for (const prefix of prefixes) {
    const escaped = prefix.replace(/[.-]/g, "\\$&")
    const match = new RegExp(`(?<![\\w.:<-])${escaped}:${ATTRIBUTE}|<${escaped}:${ELEMENT}`).exec(text)
    if (match) return Number(match[1] ?? match[2])
  }
  return null
}

/* Return an XMP packet that says how the picture is turned and nothing else. */
export function xmpWith(orientation) {
  const description = `<rdf:Description xmlns:tiff="${TIFF}" tiff:Orientation="${orientation}"/>`
  const rdf = `<rdf:RDF xmlns:rdf="${RDF}">${description}</rdf:RDF>`
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/">${rdf}</x:xmpmeta>`
}
