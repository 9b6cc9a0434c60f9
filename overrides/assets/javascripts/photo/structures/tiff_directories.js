/* The directories of a TIFF structure, which EXIF uses: tags with values that are found by offset. */
import { MalformedData } from "../bounded_reader.js"
import { decode, decodeText, numberOf, viewOf } from "../bytes.js"

const LITTLE_ENDIAN = new Map([["II*\0", true], ["MM\0*", false]])
const POINTERS = new Map([[330, "sub"], [34665, "exif"], [34853, "gps"], [40965, "interoperability"]])
const PAGES = ["main", "next", "sub"]
const SIZES = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4 }
const INTEGERS = { 1: "Uint8", 3: "Uint16", 4: "Uint32", 6: "Int8", 8: "Int16", 9: "Int32", 13: "Uint32" }
const RATIONALS = { 5: "Uint32", 10: "Int32" }
const FLOATS = { 11: "Float32", 12: "Float64" }
const MAX_TEXT = 1_000
const MAX_NUMBERS = 1_000_000

const isWindowsText = (tag) => tag >= 40091 && tag < 40096
const lengthOf = (type, count) => count * (SIZES[type] ?? 1)

class Directory {
  constructor(name, entries, nextOffset) {
    Object.assign(this, { name, entries, nextOffset })
  }

  /* Return the first entry of a tag, or null. */
  entry(tag) {
    return this.entries.find((entry) => entry.tag === tag) ?? null
  }
}

export class Tiff {
  #first

  constructor(reader) {
    const isLittleEndian = LITTLE_ENDIAN.get(reader.read(0, 4))
    if (isLittleEndian === undefined) throw new MalformedData("its header is not that of a TIFF")
    Object.assign(this, { reader, isLittleEndian })
    this.#first = this.#number(4, 4)
  }

  /* Yield every directory that can be read, once. */
  * directories() {
    const waiting = [["main", this.#first]]
    const visited = new Set([0])
    let damage = null
    while (waiting.length) {
      const [name, offset] = waiting.shift()
      if (visited.has(offset)) continue
      visited.add(offset)
      let directory
      try {
        directory = this.#directory(name, offset)
        for (const target of this.#targets(directory)) waiting.push(target)
      } catch (error) {
        if (!(error instanceof MalformedData)) throw error
        damage ??= error
        continue
      }
      yield directory
    }
    if (damage) throw damage
  }

  #directory(name, offset) {
    const count = this.#number(offset, 2)
    this.reader.budget.spendParts(count)
    const [start, end] = [offset + 2, offset + 2 + 12 * count]
    const bytes = this.reader.read(start, 12 * count)
    const entries = Array.from({ length: count }, (_, place) =>
      this.#entry(bytes.slice(12 * place, 12 * place + 12), start + 12 * place))
    // Some cameras leave out the last pointer, which would be 0.
    return new Directory(name, entries, end + 4 <= this.reader.size ? this.#number(end, 4) : 0)
  }

  #entry(bytes, start) {
    const [tag, type, count, offset] = [[0, 2], [2, 4], [4, 8], [8, 12]].map(([from, to]) =>
      numberOf(bytes.slice(from, to), this.isLittleEndian))
    const length = lengthOf(type, count)
    return { tag, type, count, length, offset: length <= 4 ? start + 8 : offset }
  }

  * #targets(directory) {
    for (const entry of directory.entries) {
      if (!POINTERS.has(entry.tag)) continue
      const offsets = this.numbers(entry)
      this.reader.budget.spendParts(offsets.length)
      for (const offset of offsets) yield [POINTERS.get(entry.tag), offset]
    }
    // Only pages have a next one; in other directories the pointer is often left unset.
    if (PAGES.includes(directory.name)) yield [directory.name === "sub" ? "sub" : "next", directory.nextOffset]
  }

  /* Return a reader of the value's bytes. */
  content(entry) {
    return this.reader.window(entry.offset, entry.length)
  }

  /* Return the value as text, or its beginning if it is long. */
  text(entry) {
    const bytes = this.beginning(entry)
    return isWindowsText(entry.tag) ? decode(bytes, "utf-16le").replace(/\0+$/, "") : decodeText(bytes)
  }

  /* Return the text, or its beginning, after the eight bytes that name its encoding. */
  encodedText(entry) {
    const bytes = this.beginning(entry)
    const wide = this.isLittleEndian ? "utf-16le" : "utf-16be"
    const text = decode(bytes.slice(8), bytes.startsWith("UNICODE") ? wide : "utf-8")
    return text.replace(/^[\0 ]+|[\0 ]+$/g, "")
  }

  /* Return the value as integers; none if it has another type. */
  numbers(entry) {
    if (!INTEGERS[entry.type]) return []
    if (entry.count > MAX_NUMBERS) throw new MalformedData("it has too many parts")
    return this.#values(INTEGERS[entry.type], entry.offset, entry.length)
  }

  /* Return the first of the value's integers; null if there is none. */
  firstNumber(entry) {
    return entry ? this.numbers(entry)[0] ?? null : null
  }

  /* Return at most three numbers, up to a fraction that divides by zero, or one without a value. */
  rationals(entry) {
    const count = Math.min(entry.count, 3)
    if (FLOATS[entry.type]) {
      const values = this.#values(FLOATS[entry.type], entry.offset, SIZES[entry.type] * count)
      return upTo(values, (value) => !Number.isFinite(value))
    }
    if (!RATIONALS[entry.type]) return this.numbers(entry).slice(0, 3)
    const values = this.#values(RATIONALS[entry.type], entry.offset, 8 * count)
    const pairs = Array.from({ length: count }, (_, place) => values.slice(2 * place, 2 * place + 2))
    return upTo(pairs, ([, divisor]) => divisor === 0).map(([number, divisor]) => number / divisor)
  }

  /* Return the bytes of the value, or the first thousand. */
  beginning(entry) {
    return this.reader.read(entry.offset, Math.min(entry.length, MAX_TEXT))
  }

  #values(kind, offset, length) {
    const view = viewOf(this.reader.read(offset, length))
    const width = Number(/\d+/.exec(kind)[0]) / 8
    return Array.from({ length: length / width }, (_, place) => view[`get${kind}`](place * width, this.isLittleEndian))
  }

  #number(offset, length) {
    return numberOf(this.reader.read(offset, length), this.isLittleEndian)
  }
}

function upTo(values, isEnd) {
  const end = values.findIndex(isEnd)
  return end < 0 ? values : values.slice(0, end)
}

/* Return a text of TIFF or EXIF with `2024:05:01` written as `2024-05-01`. */
export const withIsoDate = (text) => text.replace(/(\d{4}):(\d\d):(\d\d)(?=\s|$)/g, "$1-$2-$3")
