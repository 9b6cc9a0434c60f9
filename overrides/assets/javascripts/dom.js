/* Makes elements, reads the words that a page carries for its scripts, copies texts, and knows days.
   A day is written as 2026-10-14, so days can be compared as text. */

export const all = (selector) => document.querySelectorAll(selector)

export function word(name) {
  const meta = document.querySelector(`meta[name="handbook-${name}"]`)
  return meta ? meta.content : ""
}

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value))
  element.append(...children)
  return element
}

export function makeField(label, control) {
  return make("label", { class: "filters__field" }, make("span", {}, label), control)
}

/* Return a text in lower case and without accents, as people type it. */
export function normalize(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
}

/* Make the line that says how many items a filter shows; a screen reader announces each change. */
export function makeCount(total) {
  const line = make("p", { class: "filters__count", role: "status" })
  const update = (shown) => {
    line.textContent = word("count").replace("{shown}", shown).replace("{all}", total)
  }
  update(total)
  return { line, update }
}

/* Return the day in a time zone at this moment. */
export function today(timeZone) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(new Date())
}

/* Return a day as its readers write it in their language. */
export function formatDay(day, language) {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" })
  return format.format(new Date(`${day}T00:00:00Z`))
}

/* Copy the text of a field; where a browser does not allow that, select it. */
export async function isCopied(text) {
  text.select()
  try {
    await navigator.clipboard.writeText(text.value)
    return true
  } catch {
    return false
  }
}
