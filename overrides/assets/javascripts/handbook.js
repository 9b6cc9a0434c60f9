/* Runs on every page, for what only the browser knows: today's date, the keyboard, and whether a table scrolls. */
import { today } from "./dates.js"
import { word } from "./dom.js"

function showIfOverdue(banner) {
  if (banner.dataset.due && today(banner.dataset.timeZone) > banner.dataset.due) banner.hidden = false
}

/* A table that scrolls sideways must be reachable by keyboard. */
function nameScrollingTables() {
  document.querySelectorAll(".md-typeset__scrollwrap").forEach((wrap) => {
    if (wrap.scrollWidth <= wrap.clientWidth) return
    wrap.tabIndex = 0
    wrap.setAttribute("role", "region")
    wrap.setAttribute("aria-label", word("table"))
  })
}

/* The menu and the search each open by a label, which a keyboard cannot reach. Once a label can be reached,
   Material's own script answers to Enter; a button answers to the space bar as well. */
function makeButton(label, name) {
  const toggle = document.getElementById(label.htmlFor)
  const showExpanded = () => label.setAttribute("aria-expanded", String(toggle.checked))
  label.tabIndex = 0
  label.setAttribute("role", "button")
  label.setAttribute("aria-label", name)
  toggle.addEventListener("change", showExpanded)
  label.addEventListener("keydown", (event) => {
    if (event.key !== " ") return
    event.preventDefault()
    toggle.click()
  })
  showExpanded()
}

const all = (selector) => document.querySelectorAll(selector)

all(".overdue[data-due]").forEach(showIfOverdue)
all(".overdue--unsure").forEach((sentence) => sentence.remove())
all(".md-header label[for=__drawer]").forEach((label) => makeButton(label, word("menu")))
all(".md-header > nav > label[for=__search]").forEach((label) => makeButton(label, word("search")))
all(".md-search[role=dialog]").forEach((dialog) => dialog.setAttribute("aria-label", word("search")))
window.addEventListener("load", nameScrollingTables)
window.addEventListener("resize", nameScrollingTables)
