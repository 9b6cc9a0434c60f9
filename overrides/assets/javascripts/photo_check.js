/* Lets people choose or drop a picture or a video, says what it gives away, and offers a clean copy. Nothing is sent:
   a worker reads the file, and its modules are loaded when the first file is chosen. */
import { fill, make, readWords } from "./dom.js"

const TIME_LIMIT = 60_000 // Milliseconds.
const LOCATIONS = ["position", "place", "possible position"]
const WORKER = new URL("photo/worker.js", import.meta.url)

export async function checkPhotos(component) {
  const words = await readWords("photo_words")
  component.lang = document.documentElement.lang // The text around it may not be translated.
  const field = make("input", { type: "file", class: "photo-check__field" })
  const label = make("label", { class: "photo-check__choose" }, make("span", {}, words.choose), field)
  const result = make("div", { class: "photo-check__result", role: "status" })
  const check = makeCheck(words, result)
  component.replaceChildren(label, make("p", { class: "photo-check__drop" }, words.drop), result)
  // Browsers report nothing if the same file is chosen again, for example after a change.
  field.addEventListener("click", () => { field.value = "" })
  field.addEventListener("change", () => { if (field.files.length) check(field.files) })
  acceptDrops(component, check)
}

function acceptDrops(component, check) {
  const mark = (isOver) => component.classList.toggle("photo-check--over", isOver)
  component.addEventListener("dragover", (event) => {
    event.preventDefault()
    mark(true)
  })
  component.addEventListener("dragleave", () => mark(false))
  component.addEventListener("drop", (event) => {
    event.preventDefault()
    mark(false)
    check(event.dataTransfer.files)
  })
}

/* Return a function that checks the one file of a list and shows the answer; the file before it is given up.
   A list has no file if someone drops a text or an address. */
function makeCheck(words, result) {
  let worker
  let copyAddress
  return async (files) => {
    worker?.terminate()
    if (copyAddress) URL.revokeObjectURL(copyAddress)
    const own = files.length === 1 ? new Worker(WORKER, { type: "module" }) : null
    worker = own
    if (!own) {
      result.replaceChildren(make("p", { class: "photo-check__never" }, words.one_file))
      return
    }
    const [file] = files
    result.replaceChildren(make("p", {}, fill(words.reading, file)))
    const answer = await answerOf(own, file)
    own.terminate()
    if (own !== worker) return
    copyAddress = answer?.copy ? URL.createObjectURL(answer.copy) : null
    result.replaceChildren(...sentences(words, file, answer, copyAddress))
  }
}

/* Return what the worker says; null if it cannot read the file, or not in time. `hasNotStarted` says that the worker
   could not be loaded, or that the browser is too old for it: only an error in a running script has a message. */
function answerOf(worker, file) {
  return new Promise((resolve) => {
    worker.addEventListener("message", ({ data }) => resolve(data))
    worker.addEventListener("error", (event) => {
      event.preventDefault()
      resolve(event instanceof ErrorEvent ? null : { hasNotStarted: true })
    })
    setTimeout(() => resolve(null), TIME_LIMIT)
    worker.postMessage(file)
  })
}

function sentences(words, file, answer, copyAddress) {
  const { name } = file
  const say = translator(words.details)
  const line = (text, kind = "") => make("p", kind ? { class: `photo-check__${kind}` } : {}, text)
  if (answer?.hasNotStarted) return [line(fill(words.not_started, { name }), "never")]
  if (!answer || answer.unreadable) {
    const reason = answer?.unreadable ? [line(fill(words.reason, { reason: say(answer.unreadable) }))] : []
    return [line(fill(words.unread, { name }), "never"), ...reason]
  }
  if (!answer.disclosures.length) return [line(fill(words.nothing, { name }), "may")]
  const categories = new Set(answer.disclosures.map(({ category }) => category))
  const hasLocation = LOCATIONS.some((category) => categories.has(category))
  return [
    line(fill(words.gives, { name }), hasLocation || categories.has("damaged") ? "never" : "ask"),
    make("ul", {}, ...phrases(words, say, answer.disclosures, categories).map((text) => make("li", {}, text))),
    ...(hasLocation ? [line(words.location)] : []),
    ...(categories.has("damaged") ? [line(words.partly)] : []),
    ...copyOrReason(words, say, name, answer, copyAddress),
  ]
}

/* Return one phrase for each category, with all its values. */
function phrases(words, say, disclosures, categories) {
  return [...categories].map((category) => {
    const values = disclosures.filter((item) => item.category === category && item.value)
    const phrase = words.categories[category.replace(" ", "_")]
    return values.length ? `${phrase} (${values.map(({ value }) => say(value)).join("; ")})` : phrase
  })
}

function copyOrReason(words, say, name, { obstacle, losses }, copyAddress) {
  if (obstacle) return [make("p", {}, fill(words.no_copy, { reason: say(obstacle) }))]
  if (!copyAddress) return []
  const link = make("a", { class: "photo-check__save", href: copyAddress, download: copyName(name, words.suffix) }, words.save)
  const lost = losses.length ? ` ${fill(words.lost, { losses: losses.map(say).join("; ") })}` : ""
  return [make("p", {}, link), make("p", {}, words.saved + lost)]
}

const copyName = (name, suffix) => name.replace(/(\.[^.]*)?$/, (ending) => `-${suffix}${ending}`)

/* Return a function that says a detail in the language of the page; what is quoted from the file stays as it is. */
function translator(details) {
  const patterns = Object.entries(details).map(([text, translation]) => {
    const [start, end] = text.split("{rest}")
    return { text, start, end, translation }
  })
  return (value) => {
    for (const { text, start, end, translation } of patterns) {
      if (value === text) return translation
      if (end !== undefined && value.startsWith(start) && value.endsWith(end)) {
        return translation.replace("{rest}", () => value.slice(start.length, value.length - end.length))
      }
    }
    return value
  }
}
