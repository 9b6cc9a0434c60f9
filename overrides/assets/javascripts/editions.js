/* Runs on the list of editions: shows the state of each edition today, and which was in force on a chosen day. */
import { fill, formatDay, today } from "./dom.js"
import { inForce, readList, stateOn } from "./in_force.js"

const main = document.querySelector("main")
const rowOf = (edition) => main.querySelector(`tr[data-edition="${edition}"]`)

function showStates(list) {
  const day = today(list.time_zone)
  list.editions.forEach((edition) => {
    const element = rowOf(edition.edition)?.querySelector(".state")
    if (!element) return // A browser can have kept this page from before an edition was published.
    const state = stateOn(edition, day)
    element.textContent = main.dataset[state]
    element.className = `state state--${state}`
    element.hidden = false
  })
}

/* Fill the day and a link to the edition into the sentence that the page carries. */
function answer(form, list, day) {
  const edition = inForce(list, day)
  const sentence = form.dataset[edition ? "answer" : "nothing"]
  const date = formatDay(day, document.documentElement.lang)
  const [before, after = ""] = fill(sentence, { date }).split("{edition}")
  const link = edition ? [rowOf(edition.edition)?.querySelector("a").cloneNode(true) ?? edition.edition] : []
  form.querySelector("[role=status]").replaceChildren(before, ...link, after)
}

function offerDays(form, list) {
  const input = form.querySelector("input")
  input.value = today(list.time_zone)
  form.hidden = false
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    answer(form, list, input.value)
  })
}

const list = await readList(main.dataset.list)
if (list) {
  showStates(list)
  offerDays(main.querySelector("form"), list)
}
