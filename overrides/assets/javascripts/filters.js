/* What the filters of scenarios and those of the library have in common: fields, a search, and a count. */
import { fill, make, word } from "./dom.js"
import { split } from "./typed_words.js"

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
