/* Shows one view after the other, goes on where the reader left, and hands in the receipt that acknowledge.js makes.
   Without this script, the whole package is one document to read, to print, and to sign. The modules in `assets` are
   those of the edition, which can be older than this script: it uses nothing else of them. */
import { followSection } from "./assets/acknowledge.js"
import { make } from "./assets/dom.js"
import { connect } from "./scorm.js"

const main = document.getElementById("content")
const words = JSON.parse(main.dataset.words)
const views = [...document.querySelectorAll(".course__view")]
const component = document.querySelector(".acknowledge")
const sectionWords = JSON.parse(component.dataset.words)
const pristine = component.querySelector(".acknowledge__audience").cloneNode(true)
const notice = document.querySelector(".course__notice")
const result = document.querySelector(".course__result")
const again = document.querySelector(".course__again")
const title = document.title

const system = connect()
const mastery = system ? system.mastery(Number(main.dataset.mastery)) : Number(main.dataset.mastery)
const state = readState()
let place = system?.place || views[0].id
let pending = null

/* Return what was kept of this text; what was kept of another one is left out. */
function readState() {
  const blank = { course: main.dataset.course, seen: [], answers: "", reply: "" }
  try {
    const kept = JSON.parse(system?.state || "{}")
    return kept.course === blank.course ? { ...blank, ...kept } : blank
  } catch {
    return blank
  }
}

function keep() {
  if (system && !system.keep(place, JSON.stringify(state))) notice.textContent = words.lost
}

/* Show the view that an id is in, and tell whether there is one; an id that is missing still names its view. */
function show(id, { isMove } = {}) {
  const target = document.getElementById(id) ?? document.getElementById(id.split(".")[0])
  const view = target?.closest(".course__view")
  if (!view) return false
  const isOther = view.hidden
  views.forEach((other) => { other.hidden = other !== view })
  place = view.id
  if (!state.seen.includes(place)) state.seen.push(place)
  markSeen()
  keep()
  const heading = view.querySelector("h1")
  document.title = view === views[0] ? title : `${heading.textContent.trim()} - ${title}`
  nameScrollingRegions()
  if (isMove) moveTo(target, view, heading, isOther)
  return true
}

function moveTo(target, view, heading, isOther) {
  const folded = target.closest("details")
  if (folded) folded.open = true
  if (target !== view) return target.scrollIntoView()
  if (!isOther) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  scrollTo(0, 0)
}

function markSeen() {
  document.querySelectorAll(".course__list li").forEach((item) => {
    const isSeen = state.seen.includes(item.dataset.view) && item.dataset.view !== views.at(-1).id
    item.querySelector(".course__seen").textContent = isSeen ? words.seen : ""
  })
}

function asked() {
  try { return decodeURIComponent(location.hash.slice(1)) || views[0].id } catch { return views[0].id }
}

/* A table that scrolls sideways must be reachable by keyboard, and has the name of its caption. */
function nameScrollingRegions() {
  document.querySelectorAll(".table-region, .variables, .text pre > code").forEach((region) => {
    if (region.scrollWidth <= region.clientWidth) return
    region.tabIndex = 0
    region.setAttribute("role", "region")
    region.setAttribute("aria-label", region.querySelector("caption")?.textContent.trim() ?? words.table)
  })
}

/* Follow a fresh copy of the questions and the reply, with the answers that were given earlier. */
function begin() {
  const section = pristine.cloneNode(true)
  component.querySelector(".acknowledge__audience").replaceWith(section)
  if (system?.records) offerHandingIn(section)
  section.addEventListener("acknowledge:progress", ({ detail }) => {
    pending = null
    if (state.receipt) return
    Object.assign(state, detail)
    keep()
  })
  section.addEventListener("acknowledge:receipt", ({ detail }) => { pending = detail })
  followSection(section, sectionWords, { restored: state })
  if (state.receipt) settle(section)
}

/* The ways of the page are for readers whom no learning system knows. */
function offerHandingIn(section) {
  const ways = section.querySelector(".acknowledge__ways")
  otherWays(section).forEach((way) => { way.hidden = true })
  const button = make("button", { class: "acknowledge__way course__hand-in", type: "button" }, words.hand_in)
  button.addEventListener("click", () => handIn(section))
  ways.before(make("p", { class: "course__waiting" }, words.waiting))
  ways.prepend(button)
}

const otherWays = (section) => section.querySelectorAll("[data-way=mail], [data-way=form]")

function handIn(section) {
  if (!pending) return
  const { receipt, reply, right, number } = pending
  const percent = number ? Math.floor((100 * right) / number) : null
  const isEnough = percent === null || percent >= mastery
  const status = reply !== "accepted" ? "completed" : isEnough ? "passed" : "failed"
  if (!system.report({ status, percent, receipt, answers: answersOf(section) })) {
    result.textContent = words.refused
    otherWays(section).forEach((way) => { way.hidden = false })
    return
  }
  Object.assign(state, { receipt, status, percent })
  keep()
  settle(section)
}

function answersOf(section) {
  return [...section.querySelectorAll(".acknowledge__question")].flatMap((question) => {
    const { answer, right } = question.dataset
    const name = question.querySelector("input").name.slice(`${section.dataset.group}-`.length)
    return answer ? [{ name, given: answer, right, result: answer === right ? "correct" : "wrong" }] : []
  })
}

/* What was handed in stays as it is, with the day on which it was. */
function settle(section) {
  section.querySelectorAll("fieldset").forEach((fieldset) => { fieldset.disabled = true })
  section.querySelectorAll(".course__hand-in, .course__waiting").forEach((element) => element.remove())
  section.querySelector(".acknowledge__line").value = state.receipt
  const file = section.querySelector("[data-way=file]")
  if (file) file.href = `data:text/plain;charset=utf-8,${encodeURIComponent(`${state.receipt}\n`)}`
  const sentence = state.status === "passed" && state.percent === null ? words.accepted : words[state.status]
  result.textContent = sentence.replace("{percent}", state.percent).replace("{mastery}", mastery)
  again.parentElement.hidden = state.status === "passed"
}

again.addEventListener("click", () => {
  ["receipt", "status", "percent"].forEach((name) => { delete state[name] })
  Object.assign(state, { answers: "", reply: "" })
  result.textContent = ""
  again.parentElement.hidden = true
  begin()
  keep()
  const heading = views.at(-1).querySelector("h1")
  heading.tabIndex = -1
  heading.focus()
})
addEventListener("hashchange", () => show(asked(), { isMove: true }))
addEventListener("resize", nameScrollingRegions)
addEventListener("pagehide", () => system?.close())
// A page that comes back as it was left has ended its session.
addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload() })

// What leads out opens beside the package, which would end with its page.
document.querySelectorAll("a[href^='http']").forEach((link) => {
  link.target = "_blank"
  link.rel = "noopener noreferrer"
})
document.documentElement.classList.add("course--runs")
if (!system) notice.textContent = words.alone
else if (!system.records) notice.textContent = words.review
begin()
if (!location.hash) history.replaceState(null, "", `#${place}`)
if (!show(asked())) show(views[0].id)
