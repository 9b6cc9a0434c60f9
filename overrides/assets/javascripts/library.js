/* Searches the table of examples, and filters it by the columns that hold facts. */
import { make, makeCount, makeField, makeSearch, word } from "./dom.js"

export function filterLibrary(component) {
  const rows = [...component.querySelectorAll("tbody tr")]
  if (rows.length < 2) return
  const headings = [...component.querySelectorAll("thead th")]
  const count = makeCount(rows.length)
  const search = makeSearch(word("find"), (row) => row.textContent)
  const choices = factColumns(rows[0]).map((column) => makeChoice(rows, column, headings[column].textContent))
  const filters = [search, ...choices]

  function apply() {
    rows.forEach((row) => { row.hidden = !filters.every((filter) => filter.allows(row)) })
    count.update(rows.filter((row) => !row.hidden).length)
  }

  const fields = filters.map((filter) => filter.box)
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
  return { box: makeField(label, select), allows: (row) => !select.value || value(row) === select.value }
}
