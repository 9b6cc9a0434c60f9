/* Judges the answers, shows what changed since the reader last accepted, and makes the receipt. Nothing is sent.
   What a reader accepted is kept on the device alone.

   A learning system that shows a section listens to two events on it: `acknowledge:progress` with the answers, and
   `acknowledge:receipt` with the receipt. It brings back earlier answers as `restored`. */
import { copyText, fill, formatDay, make, today } from "./dom.js"
import { NOT_ANSWERED, receiptOf } from "./receipts.js"

const KEPT = "acknowledged"

export function offerAcknowledgement(component) {
  const words = JSON.parse(component.dataset.words)
  component.querySelectorAll(".acknowledge__audience").forEach((section) => {
    followSection(section, words, { keeps: true })
  })
}

/* `keeps` says that the device is the reader's own: what they accepted is remembered on it. */
export function followSection(section, words, { restored = {}, keeps = false } = {}) {
  const form = section.querySelector("form")
  const questions = [...form.querySelectorAll(".acknowledge__question")]
  const receipt = form.querySelector(".acknowledge__receipt")
  const state = form.querySelector(".acknowledge__state")
  const replies = [...form.querySelectorAll(".acknowledge__reply input")]

  const answers = () => questions.map((question) => question.dataset.answer ?? NOT_ANSWERED).join("")
  const reply = () => replies.find((input) => input.checked)?.value ?? ""
  const score = () => questions.filter(({ dataset }) => dataset.answer === dataset.right).length

  function update() {
    // Only those who accept have to answer the questions.
    const needsAnswers = !reply() || reply() === "accepted"
    const missing = needsAnswers ? questions.filter(({ dataset }) => !dataset.answer).length : 0
    const open = missing + (reply() ? 0 : 1)
    state.textContent = open ? fill(words.missing, { number: open }) : ""
    receipt.hidden = open > 0
    form.dataset.reply = reply()
    dispatch(section, "progress", { answers: answers(), reply: reply() })
    if (!open) showReceipt()
  }

  function showReceipt() {
    const { digest, edition, group: audience, language, timeZone } = section.dataset
    const day = today(timeZone)
    const line = receiptOf({ edition, audience, language, day, reply: reply(), answers: answers(), digest })
    receipt.querySelector(".acknowledge__line").value = line
    receipt.querySelector(".acknowledge__score").textContent =
      fill(words.score, { right: score(), number: questions.length })
    receipt.querySelectorAll("a.acknowledge__way").forEach((way) => fillIn(way, line))
    if (keeps && reply() === "accepted") keep(section, day)
    dispatch(section, "receipt", { receipt: line, reply: reply(), right: score(), number: questions.length })
  }

  form.addEventListener("change", ({ target }) => {
    const question = target.closest(".acknowledge__question")
    if (question) answer(question, target.value, words)
    update()
  })
  form.addEventListener("submit", (event) => event.preventDefault())
  form.addEventListener("click", async ({ target }) => {
    if (target.dataset.way === "print") window.print()
    if (target.dataset.way === "copy") {
      state.textContent = await copyText(receipt.querySelector("textarea")) ? words.copied : words.select
    }
  })
  section.classList.add("acknowledge__audience--followed")
  restore(questions, replies, restored, words)
  if (keeps) showStanding(section, words)
  update()
}

function answer(question, letter, words) {
  // The first answer counts; a later one only shows its reason.
  question.dataset.answer ??= letter
  const isRight = letter === question.dataset.right
  const reason = question.querySelector(".acknowledge__reason")
  question.dataset.state = isRight ? "right" : "wrong"
  if (!reason.querySelector(".acknowledge__verdict")) {
    reason.setAttribute("role", "status")
    reason.querySelector("p").prepend(make("span", { class: "acknowledge__verdict" }), " ")
  }
  reason.querySelector(".acknowledge__verdict").textContent = isRight ? words.right : words.wrong
}

/* Tell a learning system that shows the section what happened in it. */
function dispatch(section, name, detail) {
  section.dispatchEvent(new CustomEvent(`acknowledge:${name}`, { bubbles: true, detail }))
}

function restore(questions, replies, { answers = "", reply = "" }, words) {
  questions.forEach((question, place) => {
    const input = [...question.querySelectorAll("input")].find(({ value }) => value === answers[place])
    if (!input) return
    input.checked = true
    answer(question, input.value, words)
  })
  replies.filter(({ value }) => value === reply).forEach((input) => { input.checked = true })
}

/* Fill the receipt into the address of each way to hand it in. */
function fillIn(way, line) {
  const { address, parameter, subject, way: kind } = way.dataset
  if (kind === "mail") way.href = `mailto:${address}?${asQuery({ subject, body: `${line}\n` })}`
  if (kind === "form") way.href = withParameter(address, parameter, line)
  if (kind === "file") way.href = `data:text/plain;charset=utf-8,${encodeURIComponent(`${line}\n`)}`
}

/* Mail programs show a plus sign where other addresses have a space. */
const asQuery = (parts) => Object.entries(parts).map(([name, text]) => `${name}=${encodeURIComponent(text)}`).join("&")

function withParameter(address, name, text) {
  const url = new URL(address)
  url.searchParams.set(name, text)
  return url.href
}

const pagesOf = (section) => [...section.querySelectorAll(".acknowledge__page")]

function keep(section, day) {
  const { edition, group: audience, language } = section.dataset
  if (edition === "draft") return
  const texts = Object.fromEntries(pagesOf(section).map(({ dataset }) => [dataset.path, dataset.text]))
  const kept = accepted()
  kept[`${audience}/${language}`] = { edition, day, texts }
  try { localStorage.setItem(KEPT, JSON.stringify(kept)) } catch { /* The receipt is what counts. */ }
}

/* Return what was accepted on this device, by group and language. Another program of the same host can have written
   something else. */
function accepted() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT))
    return kept instanceof Object ? kept : {}
  } catch {
    return {}
  }
}

/* Say what the reader last accepted on this device, and which pages have changed since. */
function showStanding(section, words) {
  const { edition, group: audience, language } = section.dataset
  const last = accepted()[`${audience}/${language}`]
  if (!last?.texts || !/^\d{4}-\d\d-\d\d$/.test(last.day)) return
  const texts = Object.values(last.texts) // A page that has only moved has the text that it had.
  const changed = pagesOf(section).filter(({ dataset }) => !texts.includes(dataset.text))
  showSince(section, last, words, { isCurrent: !changed.length })
  markPages(section, changed, last.edition, words)
  const group = section.closest("details")
  if (group && changed.length) group.open = true // It is what the reader came for.
  if (changed.length && last.edition !== edition) showChanges(changed, last.edition, words)
}

function showSince(section, { edition, day }, words, { isCurrent }) {
  const since = section.querySelector(".acknowledge__since")
  const sentence = fill(words.since, { edition, day: formatDay(day, section.dataset.language) })
  since.replaceChildren(make("p", {}, isCurrent ? `${sentence} ${words.nothing_new}` : sentence))
  since.hidden = false
}

function markPages(section, changed, edition, words) {
  pagesOf(section).forEach((page) => {
    const standing = page.querySelector(".acknowledge__standing")
    const isChanged = changed.includes(page)
    standing.textContent = fill(isChanged ? words.changed : words.unchanged, { edition })
    standing.hidden = false
    page.classList.toggle("acknowledge__page--unchanged", !isChanged)
  })
}

async function showChanges(pages, edition, words) {
  const file = new URL(`since-${edition}.json`, document.baseURI)
  let redlines
  try {
    redlines = await (await fetch(file)).json()
  } catch {
    return // The earlier edition may be withdrawn. The pages themselves say what applies.
  }
  pages.filter(({ dataset }) => redlines[dataset.path]).forEach((page) => {
    const details = make("details", { class: "acknowledge__changes" }, make("summary", {}, words.changes))
    // The build has made this HTML of the same pages, and escaped what they say.
    details.insertAdjacentHTML("beforeend", redlines[page.dataset.path])
    page.append(details)
  })
}
