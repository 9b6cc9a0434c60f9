/* Recounts reviews on the day of reading. The page itself shows their states on the day it was built. */
import { formatDay, today } from "./dom.js"

const STATES = ["in_order", "due_soon", "changed", "overdue", "unreviewed", "unknown"]
const FIXED_STATES = ["changed", "unknown"] // They depend on the text of the page, not on the day.
const STEPS = 20 // reviews.css has as many lengths for a bar.

export function recountReviews(component) {
  const day = today(document.querySelector("[data-time-zone]").dataset.timeZone)
  const rows = [...component.querySelectorAll(".reviews__page")]
  const pages = rows.map((row) => ({ row, state: stateOn(row, day) }))
  pages.forEach(({ row, state }) => showState(component, row, state))
  STATES.forEach((state) => showTotal(component, pages, state))
  component.querySelectorAll(".reviews__group").forEach((group) => showGroup(group, pages))
  showDay(component, day)
}

function stateOn(row, day) {
  const due = row.querySelector(".reviews__due time")
  if (!due) return "unreviewed"
  if (day > due.dateTime) return "overdue"
  const fixed = FIXED_STATES.find((state) => row.classList.contains(`reviews__page--${state}`))
  if (fixed) return fixed
  return day >= row.querySelector(".reviews__due-soon").dateTime ? "due_soon" : "in_order"
}

function showState(component, row, state) {
  const cell = row.querySelector(".reviews__state")
  cell.className = `reviews__state reviews__state--${state}`
  cell.textContent = component.querySelector(`.reviews__name--${state}`).textContent
}

/* Draw the bar of a state; only the dashboard has bars. */
function showTotal(component, pages, state) {
  const total = component.querySelector(`.reviews__total--${state}`)
  if (!total) return
  const number = count(pages, state)
  const steps = Math.ceil(STEPS * number / Math.max(pages.length, 1))
  total.querySelector(".reviews__number").textContent = number
  total.querySelector(".reviews__bar").className = `reviews__bar reviews__bar--${steps}`
}

/* A group and its pages share a class, such as that of an owner. */
function showGroup(group, pages) {
  const shared = [...group.classList].find((name) => name !== "reviews__group")
  const own = pages.filter(({ row }) => row.classList.contains(shared))
  STATES.forEach((state) => { group.querySelector(`.reviews__count--${state}`).textContent = count(own, state) })
}

function count(pages, state) {
  return pages.filter((page) => page.state === state).length
}

function showDay(component, day) {
  const time = component.querySelector(".reviews__day")
  time.dateTime = day
  time.textContent = formatDay(day, time.closest("[lang]").lang)
  component.querySelector(".reviews__stale").hidden = true
}
