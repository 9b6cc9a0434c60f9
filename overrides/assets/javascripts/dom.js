/* Makes elements and filters, reads and fills in the texts that a page has for its scripts, copies texts, splits them
   into words, and knows days. A day is written as 2026-10-14, so days can be compared as text. */

export const all = (selector) => document.querySelectorAll(selector)

export function word(name) {
  const meta = document.querySelector(`meta[name="handbook-${name}"]`)
  return meta ? meta.content : ""
}

/* Return the texts of a component, which the build keeps in a folder with one module for each language. They are in
   the language of the page, whichever country its variant is for. */
export async function readWords(folder) {
  const [language] = document.documentElement.lang.split("-")
  return (await import(`./${folder}/${language}.js`)).WORDS
}

/* Replace each name in braces by its value; a name without a value stays. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (braces, name) => values[name] ?? braces)

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value))
  element.append(...children)
  return element
}

/* Return the day in a time zone at this moment; in that of the device if the browser is older than the time zone. */
export function today(timeZone) {
  const write = (options) => new Intl.DateTimeFormat("sv-SE", options).format(new Date())
  try {
    return write({ timeZone })
  } catch {
    return write()
  }
}

/* Return a day as its readers write it in their language. */
export function formatDay(day, language) {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" })
  return format.format(new Date(`${day}T00:00:00Z`))
}

/* Select the text of a field and copy it; return whether the browser allowed the copy. */
export async function copyText(field) {
  field.select()
  try {
    await navigator.clipboard.writeText(field.value)
    return true
  } catch {
    return false
  }
}

/* Split a text into words as people type them, as macros/search/words.py does: in lower case, without accents and
   ligatures, and with any apostrophe and hyphen between two words. */
export function split(text) {
  const written = text.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").replaceAll("ß", "ss")
  const seen = written.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "")
  return seen.match(/(?:(?![\u02b9-\u02bc])[\p{L}\p{N}])+/gu) ?? []
}

/* Make a field of a filter with its label. */
export function makeField(label, control) {
  return make("label", { class: "filters__field" }, make("span", {}, label), control)
}

/* Make the field for words, each of which an item must have; `textOf` returns the text of an item. What people type
   without a space, such as l'image or co-worker, is looked for as it is. */
export function makeSearch(label, textOf) {
  const input = make("input", { type: "search", autocomplete: "off" })
  return {
    box: makeField(label, input),
    allows(item) {
      const text = spaced(textOf(item))
      return input.value.split(/\s+/).every((typed) => text.includes(spaced(typed)))
    },
    release() { input.value = "" },
  }
}

const spaced = (text) => split(text).join(" ")

/* Make the line that says how many items a filter shows; a screen reader announces each change. */
export function makeCount(total) {
  const line = make("p", { class: "filters__count", role: "status" })
  const update = (shown) => { line.textContent = fill(word("count"), { shown, all: total }) }
  update(total)
  return { line, update }
}
