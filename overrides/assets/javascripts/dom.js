/* Makes elements, and reads the words that a page carries for its scripts. */

export function word(name) {
  const meta = document.querySelector(`meta[name="handbook-${name}"]`)
  return meta ? meta.content : ""
}

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value))
  element.append(...children)
  return element
}

/* Make the line that says how many items a filter shows; a screen reader announces each change. */
export function makeCount(total) {
  const line = make("p", { class: "filters__count", role: "status" })
  const update = (shown) => {
    line.textContent = word("count").replace("{shown}", shown).replace("{all}", total)
  }
  update(total)
  return { line, update }
}
