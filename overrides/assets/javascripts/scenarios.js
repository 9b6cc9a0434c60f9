/* Filters scenarios by topic and audience. Buttons of one group widen the choice, the two groups narrow it. */
import { make, makeCount, word } from "./making.js"

const GROUPS = [["for", "audience"], ["topic", "topic"]]

export function filterScenarios(part) {
  const cards = [...part.querySelectorAll(".scenario")]
  const groups = GROUPS.map(([group, name]) => makeGroup(cards, group, word(name))).filter(Boolean)
  if (!groups.length) return
  const count = makeCount(cards.length)
  const all = make("button", { type: "button", class: "filters__all" }, word("all"))

  function apply() {
    cards.forEach((card) => { card.hidden = !groups.every((group) => group.lets(card)) })
    const shown = cards.filter((card) => !card.hidden).length
    count.tell(shown)
    all.disabled = shown === cards.length
  }

  all.addEventListener("click", () => {
    groups.forEach((group) => group.release())
    apply()
    groups[0].box.querySelector("button").focus()
  })
  groups.forEach((group) => group.box.addEventListener("click", apply))
  apply()
  part.prepend(make("div", { class: "filters" }, ...groups.map((group) => group.box), count.line, all))
}

/* Make the buttons of one group, or nothing where there is no choice. */
function makeGroup(cards, group, label) {
  const names = new Map()
  cards.forEach((card) => tagsOf(card, group).forEach(([name, text]) => names.set(name, text)))
  if (names.size < 2) return null
  const box = make("div", { class: "filters__group", role: "group", "aria-label": label })
  box.append(make("span", { class: "filters__label", "aria-hidden": "true" }, label))
  const buttons = [...names].map(([name, text]) => makeToggle(box, name, text))
  const pressed = () => buttons.filter((one) => one.ariaPressed === "true").map((one) => one.dataset.name)
  return {
    box,
    lets(card) {
      const wanted = pressed()
      return !wanted.length || tagsOf(card, group).some(([name]) => wanted.includes(name))
    },
    release() { buttons.forEach((one) => { one.ariaPressed = "false" }) },
  }
}

function makeToggle(box, name, text) {
  const button = make("button", { type: "button", "aria-pressed": "false" }, text)
  button.dataset.name = name
  button.addEventListener("click", () => { button.ariaPressed = String(button.ariaPressed !== "true") })
  box.append(button)
  return button
}

/* Return the names and texts of a card's tags in one group. */
function tagsOf(card, group) {
  const start = `tag--${group}-`
  return [...card.querySelectorAll(".tag")].flatMap((tag) => {
    const found = [...tag.classList].find((name) => name.startsWith(start))
    return found ? [[found, tag.textContent]] : []
  })
}
