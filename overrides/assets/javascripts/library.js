/* Searches the table of examples, and filters it by the columns that hold facts. */
import { make, makeCount, makeField, normalize, word } from "./dom.js"

export function filterLibrary(component) {
  const rows = [...component.querySelectorAll("tbody tr")]
  if (rows.length < 2) return
  const headings = [...component.querySelectorAll("thead th")]
  const count = makeCount(rows.length)
  const search = make("input", { type: "search", autocomplete: "off" })
  const choices = factColumns(rows[0]).map((column) => makeChoice(rows, column, headings[column].textContent))

  function apply() {
    const terms = normalize(search.value).split(/\s+/).filter(Boolean)
    rows.forEach((row) => {
      const text = normalize(row.textContent)
      row.hidden = !(terms.every((term) => text.includes(term)) && choices.every((choice) => choice.allows(row)))
    })
    count.update(rows.filter((row) => !row.hidden).length)
  }

  const fields = [makeField(word("find"), search), ...choices.map((choice) => choice.field)]
  const form = make("div", { class: "filters", role: "search", "aria-label": word("find") }, ...fields, count.line)
  form.addEventListener("input", apply)
  component.prepend(form)
}

/* Return the numbers of the columns whose cells hold one fact each. */
function factColumns(row) {
  return [...row.cells].flatMap((cell, column) => (cell.classList.contains("library__fact") ? [column] : []))
}

function makeChoice(rows, column, label) {
  const value = (row) => row.cells[column].textContent.trim()
  const values = [...new Set(rows.map(value))].sort(new Intl.Collator(document.documentElement.lang).compare)
  const options = values.map((text) => make("option", { value: text }, text))
  const select = make("select", {}, make("option", { value: "" }, word("any")), ...options)
  return { field: makeField(label, select), allows: (row) => !select.value || value(row) === select.value }
}
