/* Reading of untrusted files within limits on parts, bytes and nesting. */
import { numberOf } from "./bytes.js"
import { DamagedStream, inflate } from "./inflate.js"

const MAX_PARTS = 500_000
const MAX_BYTES = 128 * 2 ** 20
const MAX_DEPTH = 12
const MAX_INFLATED = 16 * 2 ** 20
const PEEKED_PER_PART = 4096
const BLOCK = 2 ** 16

/* A part of a file breaks the rules of its format; the message says how. */
export class MalformedData extends Error {}

/* What reading one file may cost: the parts that are visited, and the bytes that are held in memory. */
class Budget {
  #parts = MAX_PARTS
  #bytes = MAX_BYTES

  spendParts(count = 1) {
    this.#parts -= count
    if (this.#parts < 0) throw new MalformedData("it has too many parts")
  }

  spendBytes(length) {
    this.#bytes -= length
    if (this.#bytes < 0) throw new MalformedData("it holds too much data besides the picture")
  }
}

/* A file on the device, of which only the blocks are read that somebody looks at. Works in a worker only. */
export class FileSource {
  #file
  #start = 0
  #block = ""

  constructor(file) {
    this.#file = file
    this.size = file.size
  }

  read(start, length) {
    const isHeld = start >= this.#start && start + length <= this.#start + this.#block.length
    if (!isHeld) {
      const slice = this.#file.slice(start, start + Math.max(length, BLOCK))
      this.#block = new FileReaderSync().readAsBinaryString(slice)
      this.#start = start
    }
    return this.#block.slice(start - this.#start, start - this.#start + length)
  }
}

class BytesSource {
  #bytes

  constructor(bytes) {
    this.#bytes = bytes
    this.size = bytes.length
  }

  read(start, length) {
    return this.#bytes.slice(start, start + length)
  }
}

/* Reads `size` bytes of a source from `start`; offsets are relative to `start`. */
export class BoundedReader {
  constructor(source, start = 0, size = source.size, budget = new Budget(), depth = 0) {
    Object.assign(this, { source, start, size, budget, depth })
  }

  static ofBytes(bytes) {
    return new BoundedReader(new BytesSource(bytes))
  }

  /* Return exactly `length` bytes. */
  read(offset, length) {
    this.#require(offset, length)
    this.budget.spendParts()
    this.budget.spendBytes(length)
    const bytes = this.source.read(this.start + offset, length)
    if (bytes.length !== length) throw new MalformedData("it ends too early")
    return bytes
  }

  readAll() {
    return this.read(0, this.size)
  }

  number(offset, length) {
    return numberOf(this.read(offset, length))
  }

  /* Return at most `length` bytes, which the caller looks at and does not keep. */
  peek(offset, length) {
    const most = Math.max(0, Math.min(length, this.size - offset))
    this.budget.spendParts(1 + Math.floor(most / PEEKED_PER_PART))
    return this.source.read(this.start + offset, most)
  }

  /* Return a reader of a part, with the same budget. */
  window(offset, length) {
    this.#require(offset, length)
    return this.#nested(this.source, this.start + offset, length)
  }

  /* Return a reader of bytes that were decoded or joined from this one, with the same budget. */
  derived(bytes) {
    return this.#nested(new BytesSource(bytes), 0, bytes.length)
  }

  inflate(bytes) {
    try {
      const { inflated, isWhole } = inflate(bytes, MAX_INFLATED)
      this.budget.spendBytes(inflated.length)
      if (!isWhole) throw new MalformedData("a compressed part is damaged or too large")
      return inflated
    } catch (error) {
      if (error instanceof DamagedStream) throw new MalformedData("a compressed part is damaged")
      throw error
    }
  }

  #require(offset, length) {
    if (!(offset >= 0 && length >= 0 && offset + length <= this.size)) {
      throw new MalformedData("it ends too early")
    }
  }

  #nested(source, start, size) {
    if (this.depth === MAX_DEPTH) throw new MalformedData("its parts are nested too deeply")
    return new BoundedReader(source, start, size, this.budget, this.depth + 1)
  }
}
