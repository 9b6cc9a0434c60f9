/* A day is written as 2026-10-14, so days can be compared as text. */

/* Return the day in a time zone at this moment. */
export function today(timeZone) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(new Date())
}

/* Return a day as its readers write it in their language. */
export function formatDay(day, language) {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" })
  return format.format(new Date(`${day}T00:00:00Z`))
}
