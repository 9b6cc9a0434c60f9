/* Filters scenarios by words, by audience, and by topic. Within a group, each pressed button adds scenarios;
   a scenario must suit the words and both groups. */
import { make, makeCount, makeField, normalize, word } from "./dom.js"

const GROUPS = [["for", "audience"], ["topic", "topic"]]

export function filterScenarios(component) {
  const cards = [...component.querySelectorAll(".scenario")]
  const groups = GROUPS.map(([group, label]) => makeGroup(cards, group, word(label))).filter(Boolean)
  if (!groups.length) return
  const search = makeSearch()
  const filters = [search, ...groups]
  const count = makeCount(cards.length)
  const showAll = make("button", { type: "button", class: "filters__all" }, word("all"))

  function apply() {
    cards.forEach((card) => { card.hidden = !filters.every((filter) => filter.allows(card)) })
    hideEmptyParts(component)
    const shown = cards.filter((card) => !card.hidden).length
    count.update(shown)
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

function hideEmptyParts(component) {
  component.querySelectorAll(".scenarios__part").forEach((part) => {
    part.hidden = !part.querySelector(".scenario:not([hidden])")
  })
}

/* Make the field for words, each of which a card must have. */
function makeSearch() {
  const input = make("input", { type: "search", autocomplete: "off" })
  return {
    box: makeField(word("find_card"), input),
    allows(card) {
      const text = normalize(card.textContent)
      return normalize(input.value).split(/\s+/).every((term) => text.includes(term))
    },
    release() { input.value = "" },
  }
}

/* Make the buttons of a group, or return null if the cards leave no choice. */
function makeGroup(cards, group, label) {
  const names = new Map(cards.flatMap((card) => tagsOf(card, group)))
  if (names.size < 2) return null
  const box = make("div", { class: "filters__group", role: "group", "aria-label": label })
  const buttons = [...names].map(([name, text]) => makeToggle(name, text))
  const pressed = () => buttons.filter(isPressed).map((button) => button.dataset.name)
  box.append(make("span", { class: "filters__label", "aria-hidden": "true" }, label), ...buttons)
  return {
    box,
    allows(card) {
      const wanted = pressed()
      return !wanted.length || tagsOf(card, group).some(([name]) => wanted.includes(name))
    },
    release() { buttons.forEach((button) => { button.ariaPressed = "false" }) },
  }
}

function makeToggle(name, text) {
  const button = make("button", { type: "button", "aria-pressed": "false", "data-name": name }, text)
  button.addEventListener("click", () => { button.ariaPressed = String(!isPressed(button)) })
  return button
}

function isPressed(button) {
  return button.ariaPressed === "true"
}

/* Return the names and texts of a card's tags in a group. */
function tagsOf(card, group) {
  const prefix = `tag--${group}-`
  return [...card.querySelectorAll(".tag")].flatMap((tag) => {
    const name = [...tag.classList].find((className) => className.startsWith(prefix))
    return name ? [[name, tag.textContent]] : []
  })
}
