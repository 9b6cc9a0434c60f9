/* Runs on every page, for what only the browser knows: today's date, the keyboard, and whether a table scrolls. */
import { all, make, today, word } from "./dom.js"

function showIfOverdue(banner) {
  if (!banner.dataset.due || today(banner.dataset.timeZone) <= banner.dataset.due) return
  banner.hidden = false
  document.querySelector(".checked").hidden = true
}

/* A table or a code block that scrolls sideways must be reachable by keyboard. A table has the name of its caption. */
function nameScrollingRegions() {
  all(".table-region, .text pre > code").forEach((region) => {
    if (region.scrollWidth <= region.clientWidth) return
    region.tabIndex = 0
    region.setAttribute("role", "region")
    region.setAttribute("aria-label", region.querySelector("caption")?.textContent.trim() ?? word("table"))
  })
}

/* Menu and search close as people expect: by Esc, which returns the focus to the word that opened them, by a click
   outside them, and when the focus leaves them. */
function closeAsExpected(disclosure) {
  const summary = disclosure.querySelector("summary")
  disclosure.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !disclosure.open) return
    disclosure.open = false
    summary.focus()
  })
  disclosure.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !disclosure.contains(relatedTarget)) disclosure.open = false
  })
  document.addEventListener("click", ({ target }) => {
    if (!disclosure.contains(target)) disclosure.open = false
  })
}

function offerScheme(button) {
  const root = document.documentElement
  const device = matchMedia("(prefers-color-scheme: dark)")
  const isDark = () => (root.dataset.scheme ?? (device.matches ? "dark" : "light")) === "dark"
  const name = () => { button.textContent = isDark() ? button.dataset.light : button.dataset.dark }
  button.addEventListener("click", () => {
    root.dataset.scheme = isDark() ? "light" : "dark"
    try { localStorage.setItem("scheme", root.dataset.scheme) } catch { /* The choice lasts for this page only. */ }
    name()
  })
  device.addEventListener("change", name)
  name()
  button.hidden = false
}

/* A link to a rule or a policy opens it, because its title is all that shows of it. */
function openWhatIsMeant() {
  const title = document.getElementById(location.hash.slice(1))
  const folded = title?.closest("details.folded")
  if (folded) folded.open = true
}

/* The other language opens at the same place, in this tab or in a new one. */
function keepPlace(link) {
  const { href } = link
  const follow = () => { link.href = href + location.hash }
  window.addEventListener("hashchange", follow)
  follow()
}

/* Readers who chose a language get the start page in it when they next arrive from elsewhere. The choice is kept on
   the device only. */
function rememberLanguage(link) {
  link.addEventListener("click", () => {
    try { localStorage.setItem("language", link.lang) } catch { /* The link leads there all the same. */ }
  })
}

function openInChosenLanguage() {
  const isArrival = !document.referrer.startsWith(`${location.origin}/`)
  if (document.body.dataset.kind !== "start" || !isArrival) return
  try {
    const chosen = localStorage.getItem("language")
    const link = [...all(".header__language")].find((other) => other.lang === chosen)
    if (link) location.replace(link.href + location.search + location.hash)
  } catch { /* Storage is refused: the page stays as it was opened. */ }
}

/* Add the address that has no page, which only the browser knows, to the link for what nobody found. */
function nameMissingAddress(link) {
  if (document.body.dataset.kind === "missing") link.href += encodeURIComponent(`${location.pathname} `)
}

/* Nothing of the search is loaded before someone uses it, or follows a link to its results. */
function loadSearchWhenUsed(form) {
  const field = form.elements.q
  let loading
  const start = async () => (await import("./search.js")).search(form)
  // What could not be loaded is tried again with the next letter. Enter leads to the answers from A to Z.
  const load = () => {
    loading ??= start().catch(() => {
      loading = undefined
      showUnreachable(form)
    })
  }
  field.addEventListener("focus", load)
  field.addEventListener("input", load)
  const asked = questionBefore() ?? new URLSearchParams(location.search).get("q")
  if (!asked) return
  field.value = asked
  const disclosure = form.closest("details")
  if (disclosure) disclosure.open = true
  load()
}

/* Return the question that someone asked before they followed a result and came back, once. */
function questionBefore() {
  const asked = history.state?.asked
  if (asked) history.replaceState(null, "")
  return asked
}

function showUnreachable(form) {
  const results = form.querySelector("[data-search-results]")
  results.replaceChildren(make("p", { role: "alert" }, word("search_failed")))
  results.hidden = false
}

function focusFieldWhenOpened(disclosure) {
  disclosure.addEventListener("toggle", () => {
    if (disclosure.open) disclosure.querySelector("input").focus()
  })
}

/* Each component can be read in full without its script, which only pages with the component load. */
const COMPONENTS = {
  ".acknowledge": async (element) => (await import("./acknowledge.js")).offerAcknowledgement(element),
  ".decision": async (element) => (await import("./decision.js")).leadStepByStep(element),
  ".library": async (element) => (await import("./library.js")).filterLibrary(element),
  ".photo-check": async (element) => (await import("./photo_check.js")).checkPhotos(element),
  ".reading-forms": async (element) => (await import("./reading_forms.js")).fillForms(element),
  ".reviews": async (element) => (await import("./reviews.js")).recountReviews(element),
  ".scenarios": async (element) => (await import("./scenarios.js")).filterScenarios(element),
}

Object.entries(COMPONENTS).forEach(([selector, enhance]) => all(`.component${selector}`).forEach(enhance))
all(".overdue[data-due]").forEach(showIfOverdue)
all(".overdue--unsure").forEach((sentence) => sentence.remove())
all(".disclosure").forEach(closeAsExpected)
all(".disclosure--search").forEach(focusFieldWhenOpened)
all(".footer__scheme").forEach(offerScheme)
openInChosenLanguage()
all(".header__language").forEach(keepPlace)
all(".header__language").forEach(rememberLanguage)
all(".inbox").forEach(nameMissingAddress)
all("form.search").forEach(loadSearchWhenUsed)
openWhatIsMeant()
window.addEventListener("hashchange", openWhatIsMeant)
nameScrollingRegions()
window.addEventListener("resize", nameScrollingRegions)
