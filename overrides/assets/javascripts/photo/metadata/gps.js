/* Positions: the GPS directory of EXIF, and the notations of XMP and QuickTime. */
import * as tell from "../disclosures.js"
import { withIsoDate } from "../structures/tiff_directories.js"

/* Source: EXIF 3.0, GPS attribute information. Each position has a reference and degrees, twice. */
const TAKEN_FROM = 1
const DESTINATION = 19
const ALTITUDE_REFERENCE = 5
const ALTITUDE = 6
const TIME = 7
const AREA = 28
const DATE = 29
/* Satellites, speed, track, direction, bearing and distance of the destination, and processing method. */
const STATUS = 9
const MEASURE_MODE = 10
const MOVEMENT = [8, 13, 15, 17, 24, 26, 27]
const BELOW_SEA_LEVEL = 1
const XMP = /^(\d{1,3})(?:\.(\d+))?(?:,(\d{1,2}(?:\.\d+)?))?(?:,(\d{1,2}(?:\.\d+)?))? ?([NSEW])$/
const DECIMAL = /^[+-]?\d{1,3}(?:\.\d+)?$/
const WITHOUT_FIX = "V"
const WITH_FIX = ["A", "2", "3"]
const OTHER_THAN_ZERO = /[1-9A-Za-z]/
const ISO6709 = /^([+-]\d{2}(?:\.\d*)?)([+-]\d{3}(?:\.\d*)?)(?=[+-/]|CRS|$)/

/* Yield where the picture was taken, and which place the camera was pointed at. */
export function* directoryDisclosures(tiff, directory) {
  const hasFix = directoryHasFix(tiff, directory)
  yield* coordinates(tiff, directory, TAKEN_FROM, hasFix)
  yield* coordinates(tiff, directory, DESTINATION, hasFix)
  yield* altitude(tiff, directory, hasFix)
  const [area, date, time] = [AREA, DATE, TIME].map((tag) => directory.entry(tag))
  if (area) yield* tell.textDisclosures(tell.PLACE, tiff.encodedText(area))
  if (date) yield* tell.textDisclosures(tell.TIME, withIsoDate(tiff.text(date)))
  if (time) yield* timeOfDay(tiff.rationals(time))
  if (MOVEMENT.some((tag) => directory.entry(tag))) yield tell.disclosure(tell.HIDDEN, "further GPS data")
}

function directoryHasFix(tiff, directory) {
  const entries = [STATUS, MEASURE_MODE].map((tag) => directory.entry(tag))
  return hasFixFrom(...entries.map((entry) => (entry ? tiff.text(entry) : "")))
}

/* Tell whether the receiver says that it knew where it was. Source: EXIF 3.0, GPSStatus. */
export function hasFixFrom(status, measureMode) {
  const values = [status.trim().slice(0, 1).toUpperCase(), measureMode.trim().slice(0, 1)]
  return !values.includes(WITHOUT_FIX) && values.some((value) => WITH_FIX.includes(value))
}

/* Tell whether two numbers are a position; without a fix, 0 and 0 are what a receiver writes instead. */
export const isPosition = (latitude, longitude, hasFix) => hasFix || latitude !== 0 || longitude !== 0

/* Yield a position from four tags: reference and degrees of its latitude, then of its longitude. */
function* coordinates(tiff, directory, firstTag, hasFix) {
  const entries = [0, 1, 2, 3].map((place) => directory.entry(firstTag + place))
  const [latitude, longitude] = [0, 2].map((place) => degrees(tiff, entries[place], entries[place + 1]))
  if (latitude !== null && longitude !== null) {
    if (isPosition(latitude, longitude, hasFix)) {
      yield tell.disclosure(tell.POSITION, formatPosition(latitude, longitude))
    }
  } else if (latitude || longitude) {
    yield tell.disclosure(tell.POSITION, "in part")
  } else if (latitude === longitude && [entries[1], entries[3]].some((entry) => isUnusual(tiff, entry))) {
    yield tell.disclosure(tell.POSSIBLE_POSITION, "a GPS position in an unusual form")
  }
}

/* Tell whether degrees that cannot be read are more than zeros and spaces. */
const isUnusual = (tiff, entry) => entry !== null && /[^0. \0]/.test(tiff.beginning(entry))

function degrees(tiff, reference, entry) {
  return entry && decimalDegrees(tiff.rationals(entry), reference ? tiff.text(reference) : "")
}

function* altitude(tiff, directory, hasFix) {
  const entry = directory.entry(ALTITUDE)
  const [meters] = entry ? tiff.rationals(entry) : []
  if (meters === undefined || !(hasFix || meters)) return
  const isBelow = tiff.firstNumber(directory.entry(ALTITUDE_REFERENCE)) === BELOW_SEA_LEVEL
  yield tell.disclosure(tell.POSITION, formatAltitude(isBelow ? -meters : meters))
}

function* timeOfDay(parts) {
  if (!parts.length) return
  const written = parts.map((part) => String(Math.trunc(part)).padStart(2, "0")).join(":")
  yield tell.disclosure(tell.TIME, `${written} UTC`)
}

/* Return degrees from degrees, minutes and seconds; null if there are none. */
function decimalDegrees(parts, reference) {
  if (!parts.length) return null
  const value = parts.slice(0, 3).reduce((sum, part, power) => sum + part / 60 ** power, 0)
  return "SW".includes(reference.slice(0, 1) || " ") ? -value : value
}

/* Return a position in degrees, to about ten meters, in the form that maps on the web accept. */
export const formatPosition = (latitude, longitude) => `${fixed(latitude)}, ${fixed(longitude)}`

/* Write four decimal places; a number half way between two goes to the even one, and a zero may be negative. */
function fixed(number) {
  const written = Math.abs(number).toFixed(4)
  const isHalfWay = (number * 32) % 2 !== 0 && Number.isInteger(number * 32)
  const isOdd = isHalfWay && Number(written.at(-1)) % 2 === 1
  const magnitude = isOdd ? (Math.abs(number) - 0.00005).toFixed(4) : written
  return number < 0 || Object.is(number, -0) ? `-${magnitude}` : magnitude
}

/* Return an altitude as a person reads it. */
export function formatAltitude(meters) {
  const magnitude = Math.abs(meters)
  const floor = Math.floor(magnitude)
  const isEven = magnitude - floor === 0.5 && floor % 2 === 0
  return `${isEven ? floor : magnitude.toFixed(0)} m ${meters < 0 ? "below" : "above"} sea level`
}

/* Return degrees from XMP's `51,30.04N` or from a decimal number; null if it is neither. */
export function degreesFromXmp(text) {
  const trimmed = text.trim()
  if (DECIMAL.test(trimmed)) return Number(trimmed)
  const match = XMP.exec(trimmed)
  if (!match) return null
  const [, whole, fraction, minutes, seconds, reference] = match
  return decimalDegrees([Number(`${whole}.${fraction ?? 0}`), Number(minutes ?? 0), Number(seconds ?? 0)], reference)
}

/* Return the position in QuickTime's `+51.5007-000.1246/`; the text itself if it has another form.
   It is empty for 0 and 0 in any form, which a camera without a fix writes. */
export function positionFromIso6709(text) {
  const match = ISO6709.exec(text.trim())
  if (!match) return OTHER_THAN_ZERO.test(text.split("CRS")[0]) ? text : ""
  const [latitude, longitude] = [Number(match[1]), Number(match[2])]
  return isPosition(latitude, longitude, false) ? formatPosition(latitude, longitude) : ""
}
