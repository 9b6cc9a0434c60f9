/* Makes elements, and says the words that the page brought along for scripts. */

export function word(name) {
  const meta = document.querySelector(`meta[name="handbook-${name}"]`)
  return meta ? meta.content : ""
}

/* Make an element; attributes whose value is null are left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) element.setAttribute(name, value)
  }
  element.append(...children)
  return element
}

/* Make the line that says how many are shown; a screen reader says it when it changes. */
export function makeCount(all) {
  const line = make("p", { class: "filters__count", role: "status" })
  const tell = (shown) => {
    line.textContent = word("count").replace("{shown}", shown).replace("{all}", all)
  }
  tell(all)
  return { line, tell }
}
