/* Parses XML with namespaces: browsers have no parser that a worker could use, and none that stops at a flaw and
   keeps what precedes it. A document type is refused, and with it every entity that could expand. */
import { MalformedData } from "./bounded_reader.js"
import { decode } from "./bytes.js"

const NAME = "[A-Za-z_\\u0080-\\ufffd][\\w.\\-\\u0080-\\ufffd]*"
const QUALIFIED = new RegExp(`${NAME}(?::${NAME})?`, "y")
const SPACES = /[ \t\r\n]*/y
const EQUALS = /[ \t\r\n]*=[ \t\r\n]*/y
const ENTITY = /&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,10})|([A-Za-z_][\w.-]{0,99}));/y
const CUT_OFF_ENTITY = /^&[#\w.-]*$/
const NO_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/
/* Some characters at once, as a pattern that may match without end can be too much for a browser. */
const UTF8 = new RegExp(
  "(?:[\\0-\\x7f]|[\\xc2-\\xdf][\\x80-\\xbf]|\\xe0[\\xa0-\\xbf][\\x80-\\xbf]|[\\xe1-\\xec\\xee\\xef][\\x80-\\xbf]{2}"
  + "|\\xed[\\x80-\\x9f][\\x80-\\xbf]|\\xf0[\\x90-\\xbf][\\x80-\\xbf]{2}|[\\xf1-\\xf3][\\x80-\\xbf]{3}"
  + "|\\xf4[\\x80-\\x8f][\\x80-\\xbf]{2}){1,1000}",
  "y",
)
/* What may be in a document type, and may not be outside the one element of a document. */
const TOKEN = /(?:[\w.:\-\u0080-\ufffd]+(?=$|[>),|[%\s+*?])|[>)(,|[\]%])/y
const ENTITIES = new Map([["lt", "<"], ["gt", ">"], ["amp", "&"], ["quot", '"'], ["apos", "'"]])
const XML = "http://www.w3.org/XML/1998/namespace"
const INVALID = "not well-formed (invalid token)"
const UNCLOSED = "unclosed token"

/* The document is not well-formed; the message says how, in the words of the parser of Python. */
export class XmlFlaw extends Error {}

/* Return the text of the document. What is not UTF-8 ends it with a character that no document has. */
function textOf(bytes) {
  let end = 0
  UTF8.lastIndex = 0
  for (let match = UTF8.exec(bytes); match; match = UTF8.exec(bytes)) end = UTF8.lastIndex
  return (decode(bytes.slice(0, end), "utf-8") + (end < bytes.length ? "\uffff" : "")).replace(/\r\n?/g, "\n")
}

class Parser {
  #text
  #at = 0
  #handler
  #open = []
  #declared = [] // The prefixes that each open element declares.
  #namespaces = new Map([["xml", [XML]]]) // Of each prefix those in force, the innermost last.
  #characters = ""
  #hasRoot = false

  constructor(bytes, handler) {
    this.#text = textOf(bytes)
    this.#handler = handler
  }

  parse() {
    while (this.#at < this.#text.length) {
      const next = this.#text.indexOf("<", this.#at)
      const end = next < 0 ? this.#text.length : next
      if (end > this.#at) this.#takeText(end)
      if (next >= 0) this.#takeMarkup()
    }
    if (!this.#hasRoot || this.#open.length) throw new XmlFlaw("no element found")
  }

  #takeText(end) {
    const text = this.#text.slice(this.#at, end)
    if (this.#open.length) this.#characters += this.#withEntities(text, end)
    else this.#requireSpace(end)
    this.#at = end
  }

  #requireSpace(end) {
    this.#skip(SPACES)
    if (this.#at < end) throw new XmlFlaw(this.#skip(TOKEN) ? this.#beside() : INVALID)
  }

  #beside() {
    return this.#hasRoot ? "junk after document element" : "syntax error"
  }

  #withEntities(text, end) {
    if (NO_CHARACTER.test(text) || text.includes("]]>")) throw new XmlFlaw(INVALID)
    return text.includes("&") ? expanded(text, end === this.#text.length) : text
  }

  #takeMarkup() {
    const rest = this.#text.slice(this.#at, this.#at + 9)
    if (rest.startsWith("<?")) this.#takeInstruction()
    else if (rest.startsWith("<!--")) this.#takeComment()
    else if (rest === "<![CDATA[") this.#takeCharacterData()
    else if (rest === "<!DOCTYPE") throw new MalformedData("its XMP declares a document type, which XMP never does")
    else if (rest.startsWith("</")) this.#takeEnd()
    else this.#takeStart()
  }

  #takeInstruction() {
    const start = this.#at
    this.#at += 2
    const name = this.#name()
    const isSeparate = /^(?:[ \t\r\n]|\?>|$)/.test(this.#text.slice(this.#at, this.#at + 2))
    if (name.includes(":") || !isSeparate) throw new XmlFlaw(INVALID)
    const body = this.#at
    this.#at = this.#find("?>", UNCLOSED, 0)
    if (name.toLowerCase() !== "xml") {
      this.#handler.instruction(name, this.#text.slice(body, this.#at - 2))
      return
    }
    if (name !== "xml") throw new XmlFlaw(INVALID)
    if (start > 0) throw new XmlFlaw("XML or text declaration not at start of entity")
  }

  #takeComment() {
    const end = this.#find("--", UNCLOSED, 4)
    if (end < this.#text.length && this.#text[end] !== ">") throw new XmlFlaw(INVALID)
    if (end === this.#text.length) throw new XmlFlaw(UNCLOSED)
    this.#handler.comment(this.#text.slice(this.#at + 4, end - 2))
    this.#at = end + 1
  }

  #takeCharacterData() {
    if (!this.#open.length) throw new XmlFlaw(this.#hasRoot ? INVALID : "syntax error")
    const end = this.#find("]]>", "unclosed CDATA section", 9)
    this.#characters += this.#text.slice(this.#at + 9, end - 3)
    this.#at = end
  }

  /* Return where the next mark ends, before which only characters may be. */
  #find(mark, flaw, skip) {
    const start = this.#at + skip
    const at = this.#text.indexOf(mark, start)
    if (NO_CHARACTER.test(this.#text.slice(start, at < 0 ? undefined : at))) throw new XmlFlaw(INVALID)
    if (at < 0) throw new XmlFlaw(flaw)
    return at + mark.length
  }

  #takeEnd() {
    this.#at += 2
    const name = this.#name()
    this.#skip(SPACES)
    this.#require(">")
    if (!this.#open.length) throw new XmlFlaw(INVALID)
    if (this.#open.pop() !== name) throw new XmlFlaw("mismatched tag")
    this.#end()
  }

  #takeStart() {
    this.#at += 1
    const name = this.#name()
    if (this.#hasRoot && !this.#open.length) throw new XmlFlaw("junk after document element")
    const attributes = this.#attributes()
    const isEmpty = this.#text[this.#at] === "/"
    if (isEmpty) this.#at += 1
    this.#require(">")
    this.#hasRoot = true
    this.#declare(attributes)
    const element = [this.#expand(name, ""), this.#expanded(attributes)]
    this.#flush()
    this.#handler.start(...element)
    if (isEmpty) this.#end()
    else this.#open.push(name)
  }

  #end() {
    this.#flush()
    this.#handler.end()
    this.#declared.pop().forEach((prefix) => this.#namespaces.get(prefix).pop())
  }

  #flush() {
    if (this.#characters) this.#handler.characters(this.#characters)
    this.#characters = ""
  }

  #attributes() {
    const attributes = new Map()
    for (;;) {
      const hasSpace = this.#skip(SPACES) > 0
      const letter = this.#text[this.#at]
      if (letter === ">" || letter === "/") return attributes
      if (!hasSpace && letter !== undefined) throw new XmlFlaw(INVALID)
      const name = this.#name()
      if (!this.#skip(EQUALS)) throw this.#flaw()
      if (attributes.has(name)) throw new XmlFlaw("duplicate attribute")
      attributes.set(name, this.#value())
    }
  }

  #value() {
    const quote = this.#text[this.#at]
    if (quote !== '"' && quote !== "'") throw this.#flaw()
    const end = this.#text.indexOf(quote, this.#at + 1)
    const value = this.#text.slice(this.#at + 1, end < 0 ? undefined : end)
    if (value.includes("<") || NO_CHARACTER.test(value)) throw new XmlFlaw(INVALID)
    const text = expanded(value.replace(/[\t\n]/g, " "), end < 0)
    if (end < 0) throw new XmlFlaw(UNCLOSED)
    this.#at = end + 1
    return text
  }

  #name() {
    const start = this.#at
    if (!this.#skip(QUALIFIED)) throw this.#flaw()
    return this.#text.slice(start, this.#at)
  }

  #skip(pattern) {
    pattern.lastIndex = this.#at
    const length = pattern.exec(this.#text)?.[0].length ?? 0
    this.#at += length
    return length
  }

  #require(letter) {
    if (this.#text[this.#at] !== letter) throw this.#flaw()
    this.#at += 1
  }

  #flaw() {
    return new XmlFlaw(this.#at >= this.#text.length ? UNCLOSED : INVALID)
  }

  #declare(attributes) {
    const declared = []
    for (const [name, value] of attributes) {
      if (!/^xmlns(?::|$)/.test(name)) continue
      const prefix = name.slice(6)
      if (prefix && !value) throw new XmlFlaw("must not undeclare prefix")
      if (value.includes(" ")) throw new XmlFlaw("syntax error")
      if (!this.#namespaces.has(prefix)) this.#namespaces.set(prefix, [])
      this.#namespaces.get(prefix).push(value)
      declared.push(prefix)
    }
    this.#declared.push(declared)
  }

  #expanded(attributes) {
    const names = new Map()
    for (const [name, value] of attributes) {
      if (name === "xmlns" || name.startsWith("xmlns:")) continue
      const full = name.includes(":") ? this.#expand(name, null) : name
      if (names.has(full)) throw new XmlFlaw("duplicate attribute")
      names.set(full, value)
    }
    return names
  }

  /* Return the name with its namespace and a space before it. */
  #expand(name, ownPrefix) {
    const at = name.indexOf(":")
    const prefix = at < 0 ? ownPrefix : name.slice(0, at)
    const namespace = this.#namespaces.get(prefix)?.at(-1)
    if (at >= 0 && namespace === undefined) throw new XmlFlaw("unbound prefix")
    return namespace ? `${namespace} ${name.slice(at + 1)}` : name.slice(at + 1)
  }
}

function expanded(text, mayBeCutOff) {
  let result = ""
  let at = 0
  for (let next = text.indexOf("&"); next >= 0; next = text.indexOf("&", at)) {
    ENTITY.lastIndex = next
    const match = ENTITY.exec(text)
    if (!match) throw new XmlFlaw(mayBeCutOff && CUT_OFF_ENTITY.test(text.slice(next)) ? UNCLOSED : INVALID)
    result += text.slice(at, next) + character(match)
    at = next + match[0].length
  }
  return result + text.slice(at)
}

function character([, hexadecimal, decimal, name]) {
  if (name) {
    if (!ENTITIES.has(name)) throw new XmlFlaw("undefined entity")
    return ENTITIES.get(name)
  }
  const number = hexadecimal ? parseInt(hexadecimal, 16) : Number(decimal)
  const isCharacter = number <= 0x10ffff && !(number >= 0xd800 && number < 0xe000)
    && !NO_CHARACTER.test(String.fromCodePoint(number))
  if (!isCharacter) throw new XmlFlaw("reference to invalid character number")
  return String.fromCodePoint(number)
}

/* Tell the handler of each element and text: `start(name, attributes)`, `characters(text)`, `end()`. */
export function parseXml(bytes, handler) {
  new Parser(bytes, handler).parse()
}
