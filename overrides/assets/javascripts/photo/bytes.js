/* Bytes are kept as text with one letter a byte: quick to search, to compare and to cut. */

const LETTERS_A_CALL = 8192

export function bytesOf(array) {
  const parts = []
  for (let at = 0; at < array.length; at += LETTERS_A_CALL) {
    parts.push(String.fromCharCode.apply(null, array.subarray(at, at + LETTERS_A_CALL)))
  }
  return parts.join("")
}

export function arrayOf(bytes) {
  const array = new Uint8Array(bytes.length)
  for (let at = 0; at < bytes.length; at += 1) array[at] = bytes.charCodeAt(at)
  return array
}

export const viewOf = (bytes) => new DataView(arrayOf(bytes).buffer)

/* Return an unsigned number. One of eight bytes may be inexact, but then is larger than any file. */
export function numberOf(bytes, isLittleEndian = false) {
  let number = 0
  for (let at = 0; at < bytes.length; at += 1) {
    number = number * 256 + bytes.charCodeAt(isLittleEndian ? bytes.length - 1 - at : at)
  }
  return number
}

export function bytesOfNumber(number, length, isLittleEndian = false) {
  const bytes = Array.from({ length }, (_, at) => String.fromCharCode(Math.floor(number / 256 ** at) % 256))
  return (isLittleEndian ? bytes : bytes.reverse()).join("")
}

export const isBlank = (bytes) => !/[^\0]/.test(bytes)

export const before = (bytes, mark) => bytes.split(mark, 1)[0]

/* Return what follows the first mark; nothing if there is none. */
export function after(bytes, mark) {
  const at = bytes.indexOf(mark)
  return at < 0 ? "" : bytes.slice(at + mark.length)
}

export const hexadecimal = (bytes) =>
  Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("")

export function decode(bytes, encoding) {
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(arrayOf(bytes))
}

/* Decode the text before the first NUL as UTF-8, or as Latin-1 if it is not UTF-8. */
export function decodeText(bytes) {
  const text = before(bytes, "\0")
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(arrayOf(text))
  } catch {
    return text
  }
}
