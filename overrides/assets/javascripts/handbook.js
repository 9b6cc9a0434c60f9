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

  /* How each page stands today, and where they are shown the sums of that; the page itself says how it was
     when it was built. */
  var standings = ["in_order", "due_soon", "overdue", "unreviewed"]

  function standing(row, day) {
    var due = row.querySelector(".reviews__due time"), soon = row.querySelector(".reviews__due-soon")
    if (!due) return "unreviewed"
    if (day > due.dateTime) return "overdue"
    return day >= soon.dateTime ? "due_soon" : "in_order"
  }

  function count(rows, name) {
    return rows.filter(function (row) { return row.dataset.standing === name }).length
  }

  function countReviews(dashboard) {
    function all(selector) { return Array.from(dashboard.querySelectorAll(selector)) }
    var timeZone = document.querySelector("[data-time-zone]").dataset.timeZone, day = today(timeZone)
    var rows = all(".reviews__page"), shown = dashboard.querySelector(".reviews__day")
    rows.forEach(function (row) {
      var state = row.querySelector(".reviews__state"), name = standing(row, day)
      row.dataset.standing = name
      state.className = "reviews__state reviews__state--" + name
      state.textContent = dashboard.querySelector(".reviews__name--" + name).textContent
    })
    standings.forEach(function (name) {
      var total = dashboard.querySelector(".reviews__total--" + name), number = count(rows, name)
      if (!total) return
      total.querySelector(".reviews__number").textContent = number
      total.querySelector(".reviews__bar").className =
        "reviews__bar reviews__bar--" + Math.ceil(20 * number / Math.max(rows.length, 1))
    })
    all(".reviews__group").forEach(function (group) {
      var own = all(".reviews__page." + Array.from(group.classList).find(function (name) { return /^of-/.test(name) }))
      standings.forEach(function (name) { group.querySelector(".reviews__count--" + name).textContent = count(own, name) })
    })
    shown.dateTime = day
    shown.textContent = new Intl.DateTimeFormat(
      shown.closest("[lang]").lang, { dateStyle: "medium", timeZone: timeZone }
    ).format(new Date())
    dashboard.querySelector(".reviews__stale").hidden = true
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
  document.querySelectorAll(".reviews").forEach(countReviews)
  document.querySelectorAll(".md-header label[for=__drawer]").forEach(function (label) { makeButton(label, word("menu")) })
  document.querySelectorAll(".md-header > nav > label[for=__search]").forEach(function (label) { makeButton(label, word("search")) })
  document.querySelectorAll(".md-search[role=dialog]").forEach(function (dialog) { dialog.setAttribute("aria-label", word("search")) })
  window.addEventListener("load", nameScrollingTables)
  window.addEventListener("resize", nameScrollingTables)
})()
