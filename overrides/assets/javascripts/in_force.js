/* Which edition is in force on a day, by the list of editions that stands beside them. A day is written as
   2026-10-14. Scripts in old editions read newer lists: what is in a list stays there. */

/* Read the list; null where it cannot be read, as when a page is opened from a disk. */
export async function readList(address) {
  try {
    const answer = await fetch(address)
    return answer.ok ? await answer.json() : null
  } catch {
    return null
  }
}

/* The day where the organization is. */
export function today(list) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: list.time_zone }).format(new Date())
}

/* Return the edition in force on a day, or undefined. */
export function inForce(list, day) {
  return list.editions.find((one) =>
    one.in_force_from !== null && one.in_force_from <= day && (one.in_force_to === null || day <= one.in_force_to))
}

/* Tell how an edition stands on a day: "now", "over", or "later". */
export function standing(one, day) {
  if (one.effective > day) return "later"
  const isOver = one.in_force_from === null || (one.in_force_to !== null && one.in_force_to < day)
  return isOver ? "over" : "now"
}
