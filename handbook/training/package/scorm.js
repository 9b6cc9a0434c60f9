/* Talks to a learning system by SCORM 1.2. It gets the place of the reader, their answers, their result, and the
   receipt; nothing else is sent, and nothing to any other host.

   Names and limits are those of the SCORM 1.2 Run-Time Environment: a text of a learning system has at most 4,096
   characters, an answer 255, and a time is written as HHHH:MM:SS. */

const MOST_WINDOWS = 500
const MOST_STATE = 4096
const MOST_ANSWER = 255
const RECEIPT = "receipt"

/* Return the learning system in whose window the package is shown, or null. */
export function connect(start = window) {
  const api = apiAround(start) ?? apiAround(openerOf(start))
  return api && isTrue(api.LMSInitialize("")) ? new LearningSystem(api) : null
}

/* The window of another host tells nothing, and nothing above it is asked. */
function apiAround(start) {
  let frame = start
  for (let count = 0; frame && count < MOST_WINDOWS; count += 1) {
    try {
      if (frame.API) return frame.API
      if (!frame.parent || frame.parent === frame) return openerApi(frame)
    } catch {
      return null
    }
    frame = frame.parent
  }
  return null
}

function openerApi(frame) {
  const opener = openerOf(frame)
  try { return opener?.API ?? null } catch { return null }
}

function openerOf(frame) {
  try { return frame?.opener ?? null } catch { return null }
}

const isTrue = (answer) => String(answer) === "true"

class LearningSystem {
  #api
  #begun = Date.now()
  #isOpen = true

  constructor(api) {
    this.#api = api
    const status = this.#get("cmi.core.lesson_status")
    if (this.records && ["", "not attempted", "unknown"].includes(status)) {
      this.#set("cmi.core.lesson_status", "incomplete")
      this.#commit()
    }
  }

  /* Tell whether the reader is to be judged, and does not only look at what they did, or what there is. */
  get records() {
    return ["", "normal"].includes(this.#get("cmi.core.lesson_mode"))
  }

  /* Return where the reader was, and what was kept of them. */
  get place() { return this.#get("cmi.core.lesson_location") }
  get state() { return this.#get("cmi.suspend_data") }

  /* Return the percentage that is enough: the one that the learning system sets, or that of the package. */
  mastery(own) {
    const set = this.#get("cmi.student_data.mastery_score")
    return set !== "" && Number.isFinite(Number(set)) ? Number(set) : own
  }

  /* Keep where the reader is, and a text about them; return whether the learning system did. */
  keep(place, state) {
    if (!this.records) return true
    const isKept = state.length <= MOST_STATE && this.#set("cmi.suspend_data", state)
    return this.#set("cmi.core.lesson_location", place) && isKept && this.#commit()
  }

  /* Report a result; return whether the learning system took it.

     `status` is passed, failed, or completed, `percent` null where nothing is judged, and `answers` a list of what
     was answered, by the name of the question. The receipt of a failed attempt is among the answers only, because
     some learning systems add a second comment to the first. */
  report({ status, percent, receipt, answers }) {
    this.#score(status === "completed" ? null : percent)
    answers.forEach((answer) => this.#interaction({ type: "choice", ...answer }))
    const isAnswer = this.#interaction({ name: RECEIPT, type: "fill-in", given: receipt, result: "neutral" })
    const isComment = status !== "failed" && this.#set("cmi.comments", receipt)
    const isStatus = this.#set("cmi.core.lesson_status", status)
    return isStatus && (isAnswer || isComment) && this.#commit()
  }

  /* End the session, once. */
  close() {
    if (!this.#isOpen) return
    this.#isOpen = false
    if (this.records) {
      this.#set("cmi.core.session_time", duration(Date.now() - this.#begun))
      // Whoever comes back sees what they handed in.
      this.#set("cmi.core.exit", "suspend")
      this.#commit()
    }
    this.#api.LMSFinish("")
  }

  /* A reply that does not accept has no score: a learning system would make passed or failed of it. */
  #score(percent) {
    if (percent === null) {
      if (this.#get("cmi.core.score.raw") !== "") this.#set("cmi.core.score.raw", "")
      return
    }
    this.#set("cmi.core.score.min", 0)
    this.#set("cmi.core.score.max", 100)
    this.#set("cmi.core.score.raw", percent)
  }

  #interaction({ name, type, given, right, result }) {
    const start = `cmi.interactions.${Number(this.#get("cmi.interactions._count")) || 0}`
    if (given.length > MOST_ANSWER || !this.#set(`${start}.id`, name)) return false
    this.#set(`${start}.time`, new Date().toTimeString().slice(0, 8))
    this.#set(`${start}.type`, type)
    if (right) this.#set(`${start}.correct_responses.0.pattern`, right)
    const isGiven = this.#set(`${start}.student_response`, given)
    return this.#set(`${start}.result`, result) && isGiven
  }

  #get(name) { return String(this.#api.LMSGetValue(name) ?? "") }
  #set(name, value) { return isTrue(this.#api.LMSSetValue(name, String(value))) }
  #commit() { return isTrue(this.#api.LMSCommit("")) }
}

/* Return milliseconds as HHHH:MM:SS. */
export function duration(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000)
  const parts = [Math.min(Math.floor(seconds / 3600), 9999), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part, place) => String(part).padStart(place ? 2 : 4, "0")).join(":")
}
