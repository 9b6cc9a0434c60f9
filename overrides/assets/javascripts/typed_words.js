/* Splits a text into words as people type them, as macros/search/words.py does: in lower case, without accents and
   ligatures, and with any apostrophe and hyphen between two words. */
export function split(text) {
  const written = text.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").replaceAll("ß", "ss")
  const seen = written.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "")
  return seen.match(/(?:(?![\u02b9-\u02bc])[\p{L}\p{N}])+/gu) ?? []
}
