/* Finds the edition in force on a day in the list of editions. A script in an old edition reads lists that
   were written after it, so nothing may be removed from the format of the list. */

/* Read the list, or return null if it cannot be read: a page opened from disk, for example. */
export async function readList(address) {
  try {
    const response = await fetch(address)
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}

/* Return the edition in force on a day, or undefined. */
export function inForce(list, day) {
  return list.editions.find((edition) =>
    edition.in_force_from !== null && edition.in_force_from <= day && !endedBefore(edition, day))
}

/* Return the state of an edition on a day: "now", "over" or "later". */
export function stateOn(edition, day) {
  if (edition.effective > day) return "later"
  return edition.in_force_from === null || endedBefore(edition, day) ? "over" : "now"
}

function endedBefore(edition, day) {
  return edition.in_force_to !== null && edition.in_force_to < day
}
