/* Decompresses zlib data, within a limit and at once: what browsers offer answers later and without a limit.
   Sources: RFC 1950 and RFC 1951. */
import { bytesOf } from "./bytes.js"

const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258]
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
  2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577]
const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12,
  12, 13, 13]
const ORDER_OF_LENGTHS = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
const MAX_BITS = 15
const END_OF_BLOCK = 256

export class DamagedStream extends Error {}

/* The data ends, or has become too large. */
class Stopped extends Error {}

class Bits {
  #bytes
  #at = 0
  #held = 0
  #count = 0

  constructor(bytes) {
    this.#bytes = bytes
  }

  take(count) {
    while (this.#count < count) {
      if (this.#at >= this.#bytes.length) throw new Stopped()
      this.#held |= this.#bytes.charCodeAt(this.#at) << this.#count
      this.#at += 1
      this.#count += 8
    }
    const number = this.#held & ((1 << count) - 1)
    this.#held >>>= count
    this.#count -= count
    return number
  }

  skipToByte() {
    this.take(this.#count % 8)
  }
}

class Output {
  #array = new Uint8Array(2 ** 16)
  #most

  constructor(most) {
    this.length = 0
    this.#most = most
  }

  add(byte) {
    if (this.length >= this.#most) throw new Stopped()
    if (this.length === this.#array.length) this.#grow()
    this.#array[this.length] = byte
    this.length += 1
  }

  repeat(distance, length) {
    if (distance > this.length) throw new DamagedStream()
    for (let left = length; left; left -= 1) this.add(this.#array[this.length - distance])
  }

  get array() {
    return this.#array.subarray(0, this.length)
  }

  #grow() {
    const larger = new Uint8Array(2 * this.#array.length)
    larger.set(this.#array)
    this.#array = larger
  }
}

/* A code by the lengths of its words: how many words have each length, and the symbols in their order. */
class Code {
  #counts = new Uint16Array(MAX_BITS + 1)
  #symbols = []

  constructor(lengths, { mayBeIncomplete = false } = {}) {
    lengths.forEach((length) => { this.#counts[length] += 1 })
    const used = lengths.length - this.#counts[0]
    this.#requireComplete(mayBeIncomplete && used <= 1)
    this.#counts[0] = 0
    for (let length = 1; length <= MAX_BITS; length += 1) {
      lengths.forEach((own, symbol) => { if (own === length) this.#symbols.push(symbol) })
    }
  }

  #requireComplete(mayBeIncomplete) {
    let left = 1
    for (let length = 1; length <= MAX_BITS; length += 1) {
      left = 2 * left - this.#counts[length]
      if (left < 0) throw new DamagedStream()
    }
    if (left > 0 && !mayBeIncomplete) throw new DamagedStream()
  }

  symbol(bits) {
    let [code, first, index] = [0, 0, 0]
    for (let length = 1; length <= MAX_BITS; length += 1) {
      code |= bits.take(1)
      const count = this.#counts[length]
      if (code - count < first) return this.#symbols[index + code - first]
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw new DamagedStream()
  }
}

const filled = (count, length) => new Array(count).fill(length)

const fixedCodes = () => [
  new Code([...filled(144, 8), ...filled(112, 9), ...filled(24, 7), ...filled(8, 8)]),
  new Code(filled(32, 5)),
]

function ownCodes(bits) {
  const [literals, distances, count] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4]
  if (literals > 286 || distances > 30) throw new DamagedStream()
  const ofLengths = filled(19, 0)
  ORDER_OF_LENGTHS.slice(0, count).forEach((place) => { ofLengths[place] = bits.take(3) })
  const lengths = codeLengths(bits, new Code(ofLengths), literals + distances)
  if (!lengths[END_OF_BLOCK]) throw new DamagedStream()
  return [
    new Code(lengths.slice(0, literals), { mayBeIncomplete: true }),
    new Code(lengths.slice(literals), { mayBeIncomplete: true }),
  ]
}

function codeLengths(bits, code, count) {
  const lengths = []
  while (lengths.length < count) {
    const symbol = code.symbol(bits)
    if (symbol < 16) lengths.push(symbol)
    else if (symbol === 16 && !lengths.length) throw new DamagedStream()
    else if (symbol === 16) lengths.push(...filled(3 + bits.take(2), lengths.at(-1)))
    else lengths.push(...filled(symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7), 0))
  }
  if (lengths.length > count) throw new DamagedStream()
  return lengths
}

function copyStored(bits, output) {
  bits.skipToByte()
  const length = bits.take(16)
  if (length !== (bits.take(16) ^ 0xffff)) throw new DamagedStream()
  for (let left = length; left; left -= 1) output.add(bits.take(8))
}

function inflateBlock(bits, output, [literals, distances]) {
  for (;;) {
    const symbol = literals.symbol(bits)
    if (symbol === END_OF_BLOCK) return
    if (symbol < END_OF_BLOCK) output.add(symbol)
    else {
      const length = sized(bits, symbol - END_OF_BLOCK - 1, LENGTHS, LENGTH_BITS)
      output.repeat(sized(bits, distances.symbol(bits), DISTANCES, DISTANCE_BITS), length)
    }
  }
}

function sized(bits, place, sizes, moreBits) {
  if (place >= sizes.length) throw new DamagedStream()
  return sizes[place] + bits.take(moreBits[place])
}

function inflateBlocks(bits, output) {
  let isLast = false
  while (!isLast) {
    isLast = bits.take(1) === 1
    const kind = bits.take(2)
    if (kind === 3) throw new DamagedStream()
    if (kind === 0) copyStored(bits, output)
    else inflateBlock(bits, output, kind === 1 ? fixedCodes() : ownCodes(bits))
  }
}

function adler32(array) {
  let [low, high] = [1, 0]
  for (const byte of array) {
    low = (low + byte) % 65521
    high = (high + low) % 65521
  }
  return [high >> 8, high & 255, low >> 8, low & 255]
}

function inflateWhole(bits, output) {
  const [method, flags] = [bits.take(8), bits.take(8)]
  const isZlib = (method & 15) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0
  if (!isZlib || flags & 32) throw new DamagedStream()
  inflateBlocks(bits, output)
  bits.skipToByte()
  const checksum = Array.from({ length: 4 }, () => bits.take(8))
  if (adler32(output.array).some((byte, place) => byte !== checksum[place])) throw new DamagedStream()
}

/* Return at most so many bytes of what was compressed, and whether that is all of it. */
export function inflate(bytes, most) {
  const output = new Output(most)
  let isWhole = true
  try {
    inflateWhole(new Bits(bytes), output)
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
    isWhole = false
  }
  return { inflated: bytesOf(output.array), isWhole }
}
