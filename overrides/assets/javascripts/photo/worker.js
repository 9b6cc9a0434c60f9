/* Reads one file in a thread of its own, so that a large or hostile one cannot freeze the page. */
import { BoundedReader, FileSource } from "./bounded_reader.js"
import { applyEdits } from "./edits.js"
import { lossesOf } from "./losses.js"
import { scan } from "./scan.js"

const AS_JPEG = "save it as JPEG and clean that copy"

const read = (file) => scan(new BoundedReader(new FileSource(file)))

/* Return the clean copy and what it lost, or why it cannot be made. It is read before anyone gets it. */
function clean(file, scanned) {
  const { disclosures, edits, obstacle, mediaType, unreadable } = scanned
  if (obstacle || unreadable || !disclosures.length) return { copy: null, obstacle }
  const copy = applyEdits(file, edits, mediaType)
  const again = read(copy)
  if (!again || again.unreadable) return { copy: null, obstacle: `the copy would be damaged; ${AS_JPEG}` }
  if (again.disclosures.length) {
    return { copy: null, obstacle: `the copy would still give away something; ${AS_JPEG}` }
  }
  return { copy, obstacle: null, losses: lossesOf(new FileSource(file), scanned) }
}

self.addEventListener("message", ({ data: file }) => {
  const scanned = read(file)
  if (!scanned) {
    self.postMessage(null)
    return
  }
  const { format, disclosures, unreadable } = scanned
  // What was found in a file that cannot be read to its end is not all that it gives away.
  self.postMessage({ format, disclosures: unreadable ? [] : disclosures, unreadable, ...clean(file, scanned) })
})
