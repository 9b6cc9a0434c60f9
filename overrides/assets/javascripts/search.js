/* Shows answers while someone types a question, and offers whom to ask if none is good. Nothing that is asked leaves
   the browser unless someone sends it. */
import { fill, make, word } from "./dom.js"
import { answer, contactFor, prepare, readTexts } from "./search_answers.js"

/* Mail programs cut longer addresses. */
const MAX_ASKED = 300
/* A screen reader says how many pages there are once the typing has stopped, in milliseconds. */
const TYPING_PAUSE = 400
const SIGNS = { may: "fine", fine: "fine", ask: "ask", never: "no", no: "no" }

export async function search(form) {
  const field = form.elements.q
  const box = form.querySelector("[data-search-results]")
  const count = makeCount()
  const list = make("ol", { class: "search__pages" })
  const contact = make("p", { class: "search__contact" })
  const inbox = document.querySelector(".inbox")
  const { searchIndex, searchRoot: root } = form.dataset
  const index = prepare(await load(searchIndex))
  const { labels } = index
  const textsOf = makeLoader(searchIndex.replace(/\.json$/, "/"))
  box.replaceChildren(count.line, list, contact)

  /* The pages are there at once; what each says of the question follows. */
  async function show() {
    const question = field.value.trim()
    box.hidden = !question
    const { pages, isGood } = question ? answer(index, question) : { pages: [], isGood: true }
    const items = pages.map(({ page }) => showPage(page, root))
    list.replaceChildren(...items)
    const ways = isGood ? [] : [...showContact(contactFor(index, question), labels), ...showInbox(inbox, question)]
    contact.replaceChildren(...ways)
    if (question) count.announce(pages.length ? fill(labels.count, { count: pages.length }) : labels.none)
    box.setAttribute("aria-busy", "true")
    await Promise.all(pages.map(async ({ page, sections }, place) => {
      items[place].append(...showTexts(page, await textsOf(page), sections, root, labels))
    })).catch(() => count.announce(word("search_failed")))
    if (!pages.length || items[0].isConnected) box.setAttribute("aria-busy", "false")
  }

  field.addEventListener("input", show)
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    show()
    history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`)
  })
  // Whoever comes back from a result finds the question and its answers, which stay in the browser.
  list.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey }) => {
    if (target.closest("a") && !(ctrlKey || metaKey || shiftKey)) history.replaceState({ asked: field.value }, "")
  })
  form.addEventListener("keydown", (event) => goThrough(event, [field, ...list.querySelectorAll("a")]))
  show()
}

/* Make the line that says how many pages there are; only the last of several texts in a row is announced. */
function makeCount() {
  const line = make("p", { class: "search__count", role: "status" })
  let timer
  function announce(text) {
    clearTimeout(timer)
    timer = setTimeout(() => { line.textContent = text }, TYPING_PAUSE)
  }
  return { line, announce }
}

/* Return a function that loads the texts of a page from a folder, once. What failed is loaded again the next time. */
function makeLoader(folder) {
  const loading = new Map()
  return (page) => {
    const { file } = page
    if (!loading.has(file)) loading.set(file, load(folder + file).then((texts) => readTexts(texts, page)))
    loading.get(file).catch(() => loading.delete(file))
    return loading.get(file)
  }
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

function showPage({ address, title, language }, root) {
  return make("li", {}, make("a", { class: "search__page", href: addressOf(address, root), ...inLanguage(language) }, title))
}

function showTexts({ address, title, language }, texts, hits, root, labels) {
  const sections = hits.map(({ place }) => texts.sections[place])
  const inner = sections.filter(({ heading, sign }) => sign || heading !== title)
  if (!inner.length) return [make("p", { class: "search__line", ...inLanguage(language) }, texts.line)]
  return [make("ul", {}, ...inner.map((section) => showSection(section, addressOf(address, root), labels)))]
}

const addressOf = (address, root) => new URL(address, new URL(root, location.href))

function showSection({ anchor, heading, sentence, sign, headingLanguage, sentenceLanguage }, page, labels) {
  const address = new URL(page)
  address.hash = anchor
  const title = make("a", { href: address, ...inLanguage(headingLanguage) }, heading)
  const text = sentence ? [make("p", { class: "search__line", ...inLanguage(sentenceLanguage) }, sentence)] : []
  const head = sign ? make("span", { class: `answer answer--${SIGNS[sign]}` }, labels[sign]) : ""
  return make("li", {}, head, title, ...text)
}

/* A text in another language than that of the page says so, so that a screen reader pronounces it well. */
const inLanguage = (lang) => (lang ? { lang } : {})

function showContact({ role, email, phone, language }, labels) {
  const mail = make("a", { href: `mailto:${email}`, ...inLanguage(language) }, role)
  const call = phone ? [", ", make("a", { href: `tel:${phone.replace(/[^+\d]/g, "")}` }, phone)] : []
  return [`${labels.contact} `, mail, ...call]
}

/* The question belongs at the end of the link that the page has. */
function showInbox(link, question) {
  if (!link) return []
  const filled = link.cloneNode(true)
  filled.href += encodeURIComponent([...question].slice(0, MAX_ASKED).join(""))
  return [make("br"), filled]
}
