/* Turns the empty text of each form into fields, and what is filled in into the text to paste or mail. Nothing is sent,
   and nothing is kept. */
import { copyText, fill, make, readWords } from "./dom.js"

const HEADING = /^### (\S+)/
const CHOICE = /^- \[ \] (.+)$/
const ANSWER = /^([^/#:\s][^:]*?)(\s?:)(.*)$/

export async function fillForms(component) {
  const words = await readWords("form_words")
  component.querySelector(".reading-forms__help").textContent = words.with_script
  component.querySelectorAll(".reading-forms__review").forEach((review, place) => {
    const titles = new Map([...review.querySelectorAll(".reading-forms__page")].map(titleOf))
    review.querySelectorAll("pre").forEach((pre, number) => offerFields(pre, titles, words, `form-${place}-${number}`))
  })
}

const titleOf = (item) => [item.querySelector("code").textContent, item.querySelector("a").textContent]

function offerFields(pre, titles, words, group) {
  const form = make("form", { class: "reading-forms__fields" })
  const lines = pre.textContent.trim().split("\n").map(lineMaker(form, titles, group))
  const text = make("textarea", { class: "reading-forms__result", readonly: "", rows: "12" })
  const state = make("p", { role: "status" })
  const copy = make("button", { type: "button" }, words.copy)
  const update = () => {
    text.value = lines.map((line) => line.text()).join("\n")
    const missing = unanswered(form)
    state.textContent = missing ? fill(words.missing, { number: missing }) : words.complete
  }
  form.addEventListener("input", update)
  form.addEventListener("submit", (event) => event.preventDefault())
  copy.addEventListener("click", async () => { state.textContent = await copyText(text) ? words.copied : words.select })
  update()
  pre.replaceWith(form, make("label", { class: "reading-forms__field" }, make("span", {}, words.text), text), copy, state)
}

/* Return a function that makes what a line of the text asks for, and an object whose `text` returns the line as it is
   filled in. */
function lineMaker(form, titles, group) {
  let part = form
  let pages = 0
  return (line) => {
    const [, path] = line.match(HEADING) ?? []
    if (path) {
      pages += 1
      part = make("fieldset", {}, make("legend", {}, titles.get(path) ?? path))
      form.append(part)
    }
    const [, word] = line.match(CHOICE) ?? []
    if (word) return makeChoice(part, word, `${group}-${pages}`)
    const [, label, colon, start] = line.match(ANSWER) ?? []
    if (label) {
      // The questions about the review as a whole follow those about its pages, after two blank lines.
      const field = makeAnswer(label, start.trim())
      const answered = part !== form && part.querySelector("textarea")
      const place = answered ? form : part
      place.append(field.label)
      return { text: () => `${label}${colon} ${field.value()}`.trimEnd() }
    }
    return { text: () => line }
  }
}

function makeChoice(part, word, name) {
  const input = make("input", { type: "radio", name, value: word })
  part.append(make("label", { class: "reading-forms__choice" }, input, " ", word))
  return { text: () => `- [${input.checked ? "x" : " "}] ${word}` }
}

function makeAnswer(name, start) {
  const input = make("textarea", { rows: "2", maxlength: "1000" })
  input.value = start
  const label = make("label", { class: "reading-forms__field" }, make("span", {}, name), input)
  return { label, value: () => input.value.replace(/\s+/g, " ").trim() }
}

/* Count the sentences that are missing, and the groups in which nothing is chosen. */
function unanswered(form) {
  const sentences = [...form.querySelectorAll("textarea")].filter((field) => !field.value.trim())
  const names = new Set([...form.querySelectorAll("input")].map((input) => input.name))
  const chosen = new Set([...form.querySelectorAll("input:checked")].map((input) => input.name))
  return sentences.length + names.size - chosen.size
}
