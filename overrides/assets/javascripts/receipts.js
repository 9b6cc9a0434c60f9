/* A receipt as people hand it in; handbook/acknowledgements/receipts.py reads it and says what its parts are. */

const FORM = "HB1"
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
const CHARACTERS = 7
export const NOT_ANSWERED = "-"

export function receiptOf({ edition, audience, language, day, reply, answers, digest }) {
  const line = [FORM, edition, audience, language, day, reply, answers, digest].join("/")
  return `${line}/${checksum(line)}`
}

/* Return the CRC-32 of a line in seven characters of Crockford's alphabet. */
export function checksum(line) {
  let number = crc32(new TextEncoder().encode(line))
  let characters = ""
  for (let place = 0; place < CHARACTERS; place += 1) {
    characters = ALPHABET[number % ALPHABET.length] + characters
    number = Math.floor(number / ALPHABET.length)
  }
  return characters
}

function crc32(bytes) {
  let remainder = 0xffffffff
  bytes.forEach((byte) => {
    remainder ^= byte
    for (let bit = 0; bit < 8; bit += 1) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0)
  })
  return (remainder ^ 0xffffffff) >>> 0
}
