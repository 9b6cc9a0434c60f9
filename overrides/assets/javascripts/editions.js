/* On the list of editions: says how each stands today, and which was in force on a day. */
import { inForce, readList, standing, today } from "./in_force.js"

const main = document.querySelector("main")
const rowOf = (edition) => main.querySelector(`tr[data-edition="${edition}"]`)

function showStandings(list) {
  for (const one of list.editions) {
    const state = rowOf(one.edition).querySelector(".state"), name = standing(one, today(list))
    state.textContent = main.dataset[name]
    state.className = `state state--${name}`
    state.hidden = false
  }
}

function reader(day) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeZone: "UTC" })
  return format.format(new Date(`${day}T00:00:00Z`))
}

/* Put the day, and what leads to the edition, into the sentence of the page. */
function answer(form, list, day) {
  const found = inForce(list, day), sentence = form.dataset[found ? "answer" : "nothing"]
  const [before, after] = sentence.replace("{date}", reader(day)).split("{edition}")
  const link = found ? [rowOf(found.edition).querySelector("a").cloneNode(true), after] : []
  form.querySelector("[role=status]").replaceChildren(before, ...link)
}

function offerDays(form, list) {
  const input = form.querySelector("input")
  input.value = today(list)
  form.hidden = false
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    answer(form, list, input.value)
  })
}

const list = await readList(main.dataset.list)
if (list) {
  showStandings(list)
  offerDays(main.querySelector("form"), list)
}
