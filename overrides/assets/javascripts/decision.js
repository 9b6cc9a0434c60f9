/* Leads through a decision one question at a time. The address names the question, so that Back works. */
import { make, word } from "./dom.js"

/* The answers of a reader. Those that were taken back are kept for Forward. */
class Answers {
  #all = []
  #count = 0

  get given() { return this.#all.slice(0, this.#count) }

  add(answer) {
    this.#all = [...this.given, answer]
    this.#count = this.#all.length
  }

  /* Go from one step to another, as Back, Forward or a link in the trail would. */
  go(from, to) {
    const earlier = this.given.findIndex((answer) => answer.from === to)
    // Two steps forward in quick succession are one change of the address, so a step may be skipped.
    const later = this.#all.findIndex((answer, index) => index >= this.#count && answer.to === to)
    if (earlier >= 0) this.#count = earlier
    else if (later >= 0) this.#count = later + 1
    else if (from !== to) this.#count = 0
  }
}

export function leadStepByStep(component) {
  const steps = [...component.querySelectorAll(".decision__step")]
  const headings = steps.map((step) => step.querySelector("h3"))
  const start = headings[0].id
  const trail = make("div", { class: "decision__trail" })
  const answers = new Answers()

  function show(id) {
    steps.forEach((step) => step.classList.toggle("decision__step--waiting", idOf(step) !== id))
    trail.replaceChildren(...makeTrail(answers.given, start))
  }

  function goTo(id) {
    answers.go(idOf(steps.find(isShown)), id)
    show(id)
  }

  function take(link, id) {
    const step = link.closest(".decision__step")
    const question = step.querySelector("h3").textContent
    answers.add({ from: idOf(step), to: id, question, label: link.textContent })
    show(id)
  }

  component.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']")
    const heading = link && headings.find(({ id }) => `#${id}` === link.getAttribute("href"))
    if (!heading || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (link.closest(".decision__answers")) take(link, heading.id)
    else goTo(heading.id)
    heading.focus() // Not every browser moves the focus to the target of an address.
  })

  /* Follow the address. If it names no step, the reader went back to the beginning. */
  function follow() {
    const heading = headings.find(({ id }) => id === (location.hash.slice(1) || start))
    if (!heading || isShown(heading.closest(".decision__step"))) return
    goTo(heading.id)
    heading.focus()
  }

  headings.forEach((heading) => { heading.tabIndex = -1 })
  steps[0].before(trail)
  component.classList.add("decision--stepwise")
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

function makeTrail(answers, start) {
  if (!answers.length) return []
  const items = answers.map(({ from, question, label }) => {
    const link = make("a", { href: `#${from}` }, question)
    return make("li", {}, link, ` ${label}`)
  })
  return [
    make("p", {}, make("strong", {}, word("answers"))),
    make("ol", {}, ...items),
    make("p", {}, make("a", { href: `#${start}`, class: "decision__restart" }, word("again"))),
  ]
}
