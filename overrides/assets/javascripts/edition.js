/* Runs on each page of an edition: if another edition is in force, tells the reader and links to it. */
import { today } from "./dom.js"
import { inForce, readList, stateOn } from "./in_force.js"

/* Return the address of the same page in another edition, or of that edition's start page. */
async function samePage(folder, path) {
  const address = new URL(path, folder)
  try {
    return (await fetch(address, { method: "HEAD" })).ok ? address : folder
  } catch {
    return folder
  }
}

async function show(banner, sentence, current, listAddress) {
  const link = sentence.querySelector("a")
  link.href = await samePage(new URL(current.address, listAddress), banner.dataset.path)
  link.querySelector("span").textContent = current.edition
  sentence.hidden = false
  banner.hidden = false
}

async function compare(banner) {
  const address = new URL(banner.dataset.list, location.href)
  const list = await readList(address)
  const own = list?.editions.find(({ edition }) => edition === banner.dataset.edition)
  if (!own) return
  const day = today(list.time_zone)
  const current = inForce(list, day)
  const state = stateOn(own, day)
  if (current && state !== "now") await show(banner, banner.querySelector(`[data-when="${state}"]`), current, address)
}

document.querySelectorAll(".other-edition").forEach(compare)
