/* Leads through a decision one question at a time. The address names the question, so Back goes back. */
import { make, word } from "./making.js"

export function leadStepByStep(part) {
  const steps = [...part.querySelectorAll(".decision__step")]
  const headings = steps.map((step) => step.querySelector("h3"))
  const start = headings[0].id
  const trail = make("div", { class: "decision__trail" })
  let given = [] // The answers so far, and those that somebody took back, for Forward.
  let place = 0

  function show(id) {
    steps.forEach((step, number) => step.classList.toggle("decision__step--waiting", headings[number].id !== id))
    trail.replaceChildren(...(place ? tellTrail(given.slice(0, place), start) : []))
  }

  /* Go to a step as Back, Forward or a link in the trail would. */
  function goTo(id) {
    const before = given.slice(0, place).findIndex((one) => one.from === id)
    if (before >= 0) place = before
    else if (place < given.length && given[place].to === id) place += 1
    else if (id !== idOf(steps.find(isShown))) place = 0
    show(id)
  }

  function answer(link, id) {
    const step = link.closest(".decision__step")
    const question = step.querySelector("h3").textContent
    given = [...given.slice(0, place), { from: idOf(step), to: id, question, label: link.textContent }]
    place = given.length
    show(id)
  }

  part.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']")
    const heading = link && headings.find((one) => `#${one.id}` === link.getAttribute("href"))
    if (!heading || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (link.closest(".decision__answers")) answer(link, heading.id)
    else goTo(heading.id)
    heading.focus() // Not every browser moves the focus to what an address names.
  })

  /* Follow the address; without a name in it, somebody went back to where they began. */
  function follow() {
    const heading = headings.find((one) => one.id === (location.hash.slice(1) || start))
    if (!heading || isShown(heading.closest(".decision__step"))) return
    goTo(heading.id)
    heading.focus()
  }

  headings.forEach((heading) => { heading.tabIndex = -1 })
  steps[0].before(trail)
  part.classList.add("decision--stepwise")
  show(start)
  follow()
  window.addEventListener("hashchange", follow)
}

function isShown(step) {
  return !step.classList.contains("decision__step--waiting")
}

function idOf(step) {
  return step.querySelector("h3").id
}

function tellTrail(given, start) {
  const items = given.map((one) => make("li", {}, make("a", { href: `#${one.from}` }, one.question), ` ${one.label}`))
  return [
    make("p", {}, make("strong", {}, word("answers"))),
    make("ol", {}, ...items),
    make("p", {}, make("a", { href: `#${start}`, class: "decision__restart" }, word("again"))),
  ]
}
