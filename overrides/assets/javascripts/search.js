/* Shows answers while somebody types a question, and offers whom to ask if none is good. */
import { make, word } from "./dom.js"
import { answer, contactFor, prepare, readTexts } from "./search_answers.js"

const SIGNS = { may: "fine", ask: "ask", never: "no" }

export async function search(form) {
  const field = form.elements.q
  const box = form.querySelector("[data-search-results]")
  const count = make("p", { class: "search__count", role: "status" })
  const list = make("ol", { class: "search__pages" })
  const contact = make("p", { class: "search__contact" })
  const folder = form.dataset.searchIndex.replace(/\.json$/, "/")
  const index = prepare(await load(form.dataset.searchIndex))
  const texts = new Map()
  box.replaceChildren(count, list, contact)

  /* Return what is shown of a page, loaded once. What failed is asked for again the next time. */
  function textsOf({ file }) {
    if (!texts.has(file)) texts.set(file, load(folder + file).then(readTexts))
    texts.get(file).catch(() => texts.delete(file))
    return texts.get(file)
  }

  const showOne = async ({ page, sections }) => showPage(await textsOf(page), sections, form.dataset.searchRoot)

  /* Answers may come late: only those to the last question are shown. */
  let asked = ""
  async function show() {
    const question = field.value.trim()
    asked = question
    box.hidden = !question
    if (!question) return
    const { pages, isGood } = answer(index, question)
    const shown = await Promise.all(pages.map(showOne)).catch(() => null)
    if (asked !== question) return
    list.replaceChildren(...(shown ?? []))
    if (!shown) return announce(word("results-failed"))
    contact.replaceChildren(...(isGood ? [] : showContact(contactFor(index, question))))
    announce(pages.length ? word("results-count").replace("{count}", pages.length) : word("results-none"))
  }

  /* A screen reader says how many pages there are once the typing has stopped. */
  let announcing
  function announce(text) {
    clearTimeout(announcing)
    announcing = setTimeout(() => { count.textContent = text }, 400)
  }

  field.addEventListener("input", show)
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    show()
    history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`)
  })
  form.addEventListener("keydown", (event) => goThrough(event, [field, ...list.querySelectorAll("a")]))
  show()
}

/* The arrows go through the field and the results. */
function goThrough(event, stops) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const place = stops.indexOf(document.activeElement)
  if (!step || place < 0) return
  event.preventDefault()
  stops[Math.min(Math.max(place + step, 0), stops.length - 1)].focus()
}

async function load(address) {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address}: ${response.status}`)
  return response.json()
}

function showPage(page, hits, root) {
  const address = new URL(page.address, new URL(root, location.href))
  const sections = hits.map(({ place }) => page.sections[place])
  const link = make("a", { class: "search__page", href: address, ...inLanguage(page.language) }, page.title)
  const inner = sections.filter(({ heading, sign }) => sign || heading !== page.title)
  const line = inner.length ? [] : [make("p", { class: "search__line", ...inLanguage(page.language) }, page.line)]
  const parts = inner.map((section) => showSection(section, address))
  return make("li", {}, link, ...line, make("ul", {}, ...parts))
}

function showSection({ anchor, heading, sentence, sign, headingLanguage, sentenceLanguage }, page) {
  const address = new URL(page)
  address.hash = anchor
  const title = make("a", { href: address, ...inLanguage(headingLanguage) }, heading)
  const text = sentence ? [make("p", { class: "search__line", ...inLanguage(sentenceLanguage) }, sentence)] : []
  const head = sign ? make("span", { class: `answer answer--${SIGNS[sign]}` }, word(`results-${sign}`)) : ""
  return make("li", {}, head, title, ...text)
}

/* What is not in the language of the page around it says so, to be pronounced as it is. */
const inLanguage = (lang) => (lang ? { lang } : {})

function showContact({ role, email, phone, language }) {
  const mail = make("a", { href: `mailto:${email}`, ...inLanguage(language) }, role)
  const call = phone ? [", ", make("a", { href: `tel:${phone.replace(/[^+\d]/g, "")}` }, phone)] : []
  return [`${word("results-contact")} `, mail, ...call]
}
