/* Shows answers while somebody types a question, and offers whom to ask if none is good. Nothing that is asked leaves
   the browser unless somebody sends it. */
import { make, word } from "./dom.js"
import { answer, contactFor, prepare, readTexts } from "./search_answers.js"

const MOST_ASKED = 300
const SIGNS = { may: "fine", fine: "fine", ask: "ask", never: "no", no: "no" }

export async function search(form) {
  const field = form.elements.q
  const box = form.querySelector("[data-search-results]")
  const count = make("p", { class: "search__count", role: "status" })
  const list = make("ol", { class: "search__pages" })
  const contact = make("p", { class: "search__contact" })
  const inbox = document.querySelector(".inbox")
  const folder = form.dataset.searchIndex.replace(/\.json$/, "/")
  const index = prepare(await load(form.dataset.searchIndex))
  const { said } = index
  const texts = new Map()
  box.replaceChildren(count, list, contact)

  /* Return the texts of a page, loaded once. What failed is asked for again the next time. */
  function textsOf(page) {
    const { file } = page
    if (!texts.has(file)) texts.set(file, load(folder + file).then((loaded) => readTexts(loaded, page)))
    texts.get(file).catch(() => texts.delete(file))
    return texts.get(file)
  }

  /* The pages are there at once; what each says of the question follows. */
  async function show() {
    const question = field.value.trim()
    box.hidden = !question
    const { pages, isGood } = question ? answer(index, question) : { pages: [], isGood: true }
    const items = pages.map(({ page }) => showPage(page, form.dataset.searchRoot))
    list.replaceChildren(...items)
    contact.replaceChildren(...(isGood ? [] : [...showContact(contactFor(index, question), said), ...showInbox(inbox, question)]))
    if (question) announce(pages.length ? said.count.replace("{count}", pages.length) : said.none)
    box.setAttribute("aria-busy", "true")
    await Promise.all(pages.map(async ({ page, sections }, place) => {
      items[place].append(...showTexts(page, await textsOf(page), sections, form.dataset.searchRoot, said))
    })).catch(() => announce(word("search_failed")))
    if (!pages.length || items[0].isConnected) box.setAttribute("aria-busy", "false")
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
  // Whoever comes back from a result finds the question and its answers, which stay in the browser.
  list.addEventListener("click", () => history.replaceState({ asked: field.value }, ""))
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

function showPage({ address, title, language }, root) {
  return make("li", {}, make("a", { class: "search__page", href: addressOf(address, root), ...inLanguage(language) }, title))
}

function showTexts({ address, title, language }, texts, hits, root, said) {
  const sections = hits.map(({ place }) => texts.sections[place])
  const inner = sections.filter(({ heading, sign }) => sign || heading !== title)
  if (!inner.length) return [make("p", { class: "search__line", ...inLanguage(language) }, texts.line)]
  return [make("ul", {}, ...inner.map((section) => showSection(section, addressOf(address, root), said)))]
}

const addressOf = (address, root) => new URL(address, new URL(root, location.href))

function showSection({ anchor, heading, sentence, sign, headingLanguage, sentenceLanguage }, page, said) {
  const address = new URL(page)
  address.hash = anchor
  const title = make("a", { href: address, ...inLanguage(headingLanguage) }, heading)
  const text = sentence ? [make("p", { class: "search__line", ...inLanguage(sentenceLanguage) }, sentence)] : []
  const head = sign ? make("span", { class: `answer answer--${SIGNS[sign]}` }, said[sign]) : ""
  return make("li", {}, head, title, ...text)
}

/* What is not in the language of the page around it says so, to be pronounced as it is. */
const inLanguage = (lang) => (lang ? { lang } : {})

function showContact({ role, email, phone, language }, said) {
  const mail = make("a", { href: `mailto:${email}`, ...inLanguage(language) }, role)
  const call = phone ? [", ", make("a", { href: `tel:${phone.replace(/[^+\d]/g, "")}` }, phone)] : []
  return [`${said.contact} `, mail, ...call]
}

/* The link of the page ends where the words belong. Mail programs cut longer ones. */
function showInbox(link, question) {
  if (!link) return []
  const filled = link.cloneNode(true)
  filled.href += encodeURIComponent([...question].slice(0, MOST_ASKED).join(""))
  return [make("br"), filled]
}
