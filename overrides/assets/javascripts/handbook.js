/* What only the reader's browser knows: the day, the keyboard, and whether a table scrolls. */
(function () {
  "use strict"

  function word(name) {
    var meta = document.querySelector('meta[name="handbook-' + name + '"]')
    return meta ? meta.content : ""
  }

  /* The day in the organization's time zone, as 2026-10-14. */
  function today(timeZone) {
    return new Intl.DateTimeFormat("sv-SE", { timeZone: timeZone }).format(new Date())
  }

  function showOverdue(banner) {
    if (banner.dataset.due && today(banner.dataset.timeZone) > banner.dataset.due) banner.hidden = false
  }

  /* A table that scrolls sideways must be reachable by keyboard. */
  function nameScrollingTables() {
    document.querySelectorAll(".md-typeset__scrollwrap").forEach(function (wrap) {
      if (wrap.scrollWidth <= wrap.clientWidth) return
      wrap.tabIndex = 0
      wrap.setAttribute("role", "region")
      wrap.setAttribute("aria-label", word("table"))
    })
  }

  /* The menu and the search open by a label, which a keyboard cannot reach by itself. Material's own
     script answers to Enter once the label can be reached; a button answers to the space bar as well. */
  function makeButton(label, name) {
    var toggle = document.getElementById(label.htmlFor)
    label.tabIndex = 0
    label.setAttribute("role", "button")
    label.setAttribute("aria-label", name)
    function tell() { label.setAttribute("aria-expanded", String(toggle.checked)) }
    toggle.addEventListener("change", tell)
    label.addEventListener("keydown", function (event) {
      if (event.key !== " ") return
      event.preventDefault()
      toggle.click()
    })
    tell()
  }

  document.querySelectorAll(".overdue[data-due]").forEach(showOverdue)
  document.querySelectorAll(".md-header label[for=__drawer]").forEach(function (label) { makeButton(label, word("menu")) })
  document.querySelectorAll(".md-header > nav > label[for=__search]").forEach(function (label) { makeButton(label, word("search")) })
  document.querySelectorAll(".md-search[role=dialog]").forEach(function (dialog) { dialog.setAttribute("aria-label", word("search")) })
  window.addEventListener("load", nameScrollingTables)
  window.addEventListener("resize", nameScrollingTables)
})()
