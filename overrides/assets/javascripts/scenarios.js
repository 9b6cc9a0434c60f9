/* Filters scenarios by words, by audience, and by topic. Within a group, each pressed button adds scenarios;
   a scenario must suit the words and both groups. Where pages share the scenarios, each leads to the others. */
import { make, makeCount, makeSearch, word } from "./dom.js"

const GROUPS = ["audience", "topic"]

export function filterScenarios(component) {
  const others = component.querySelector(".scenarios__others")
  if (others) followMoved(others.querySelectorAll("a"))
  const cards = [...component.querySelectorAll(".scenario")]
  const groups = GROUPS.map((group) => makeGroup(cards, group, word(group))).filter(Boolean)
  if (!groups.length) return
  const search = makeSearch(word("find_card"), (card) => `${headingOf(card)} ${card.textContent}`)
  const filters = [search, ...groups]
  const count = makeCount(cards.length)
  const showAll = make("button", { type: "button", class: "filters__all" }, word("all"))

  function apply() {
    cards.forEach((card) => { card.hidden = !filters.every((filter) => filter.allows(card)) })
    hideEmptyParts(component)
    const shown = cards.filter((card) => !card.hidden).length
    count.update(shown)
    if (others) offer(others, count.line, !shown)
    showAll.disabled = shown === cards.length
  }

  showAll.addEventListener("click", () => {
    filters.forEach((filter) => filter.release())
    apply()
    groups[0].box.querySelector("button").focus()
  })
  search.box.addEventListener("input", apply)
  groups.forEach((group) => group.box.addEventListener("click", apply))
  apply()
  component.querySelector(".scenarios__topics")?.remove() // The buttons of topics lead there, too.
  component.prepend(make("div", { class: "filters" }, ...filters.map((filter) => filter.box), count.line, showAll))
}

/* A scenario can move to another page. An older address of it then leads there, and not to a page without it. */
async function followMoved(links) {
  const id = location.hash.slice(1)
  if (!id || document.getElementById(id)) return
  for (const { href } of links) {
    const text = await fetch(href).then((answer) => answer.text(), () => "")
    if (text.includes(` id="${id}"`)) return location.replace(href + location.hash)
  }
}

/* If nothing is shown, the count offers the other pages, too, so that a screen reader announces them. */
function offer(others, line, isEmpty) {
  if (isEmpty) line.append(" · ", ...others.cloneNode(true).childNodes)
  others.hidden = isEmpty
}

function hideEmptyParts(component) {
  component.querySelectorAll(".scenarios__part").forEach((part) => {
    part.hidden = !part.querySelector(".scenario:not([hidden])")
  })
}

/* Make the buttons of a group, or return null if the cards leave no choice: what all of them are for has none. */
function makeGroup(cards, group, label) {
  const tags = new Set(cards.flatMap((card) => tagsOf(card, group)))
  tags.forEach((tag) => { if (cards.every((card) => tagsOf(card, group).includes(tag))) tags.delete(tag) })
  if (!tags.size) return null
  const box = make("div", { class: "filters__group", role: "group", "aria-label": label })
  const buttons = [...tags].map(makeToggle)
  const pressed = () => buttons.filter(isPressed).map((button) => button.textContent)
  box.append(make("span", { class: "filters__label", "aria-hidden": "true" }, label), ...buttons)
  return {
    box,
    allows(card) {
      const wanted = pressed()
      return !wanted.length || tagsOf(card, group).some((tag) => wanted.includes(tag))
    },
    release() { buttons.forEach((button) => { button.setAttribute("aria-pressed", "false") }) },
  }
}

function makeToggle(tag) {
  const button = make("button", { type: "button", "aria-pressed": "false" }, tag)
  button.addEventListener("click", () => button.setAttribute("aria-pressed", String(!isPressed(button))))
  return button
}

/* Firefox before version 119 does not know the property `ariaPressed`. */
function isPressed(button) {
  return button.getAttribute("aria-pressed") === "true"
}

/* Return the tags of a card in a group. Its foot lists audiences and, after a dot, its topics without that of the
   part that it is in. */
function tagsOf(card, group) {
  const [audiences, topics] = card.querySelector(".record__foot").textContent.split(" · ").map(split)
  return group === "audience" ? audiences : [headingOf(card), ...(topics ?? [])].filter(Boolean)
}

const split = (tags) => tags.split(", ")

const headingOf = (card) => card.closest(".scenarios__part").querySelector(":scope > h3")?.textContent ?? ""
