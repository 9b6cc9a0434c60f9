/* On each page of an edition: tells the reader when another edition is in force, and leads to it. */
import { inForce, readList, standing, today } from "./in_force.js"

/* Return where the same page is in another edition; its start page where it has none like it. */
async function samePage(folder, path) {
  const same = new URL(path, folder)
  try {
    return (await fetch(same, { method: "HEAD" })).ok ? same : folder
  } catch {
    return folder
  }
}

async function tell(banner, sentence, found, list) {
  const link = sentence.querySelector("a")
  link.href = await samePage(new URL(found.address, list), banner.dataset.path)
  link.querySelector("span").textContent = found.edition
  sentence.hidden = false
  banner.hidden = false
}

async function compare(banner) {
  const address = new URL(banner.dataset.list, location.href), list = await readList(address)
  const own = list && list.editions.find((one) => one.edition === banner.dataset.edition)
  if (!own) return
  const found = inForce(list, today(list)), name = standing(own, today(list))
  if (found && name !== "now") await tell(banner, banner.querySelector(`[data-when="${name}"]`), found, address)
}

document.querySelectorAll(".other-edition").forEach(compare)
