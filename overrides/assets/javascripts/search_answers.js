/* Finds the pages that answer a question best. The index, made by macros/search/index.py, has these parts:

   pages      [address, title, name of the file of its texts, number of sections, place, language]; the place is
              1 for pages about the handbook itself, 2 for those about one platform, 3 for lists of cards, and 0
              for all others
   words      every word, in the order of the alphabet, and at the same place in `families` how many stems ago
              its stem was new; 0 for a stem that is new here
   postings   for each stem, in the order of the words: one number a section that has it, which is the distance
              from the section before times the number of levels, and the level of the stem in the section
   stop       words that say nothing about a subject
   labels     the words around the results, by name
   contacts   [role, address, telephone, words, language]; the first is for what is the subject of none

   The texts of a page, in a file of their own, are [line, sections], and each section [anchor, heading, first
   sentence, sign, language of the heading, language of the sentence]. A language is left out of a page or a
   contact if it is that of the index, and of a section if it is that of its page. */
import { split } from "./dom.js"

const LEVELS = 8
const MAX_PAGES = 8
const MAX_SECTIONS = 3
/* How much of its score a page keeps, and how much it gains from each section after its best, by its place. */
const SHARES = [1, 0.4, 0.6, 1]
const OTHER_SECTIONS = [0.2, 0.2, 0.2, 0.1]
const CARDS = 3
/* How much of its score a list of cards keeps after a better one. */
const LATER_CARDS = 0.8
const GOOD = 0.5

export function prepare(index) {
  const pages = index.pages.map(([address, title, file, size, place, language]) =>
    ({ address, title, file, size, place, language }))
  const sections = pages.flatMap((page) => Array.from({ length: page.size }, (_, place) => ({ page, place })))
  const contacts = index.contacts.map(([role, email, phone, words, language]) => ({ role, email, phone, words, language }))
  const { postings, labels } = index
  return { pages, sections, contacts, labels, families: familiesOfWords(index), postings, stop: new Set(index.stop) }
}

function familiesOfWords({ words, families }) {
  let known = 0
  return new Map(words.map((text, place) => {
    const ago = families[place]
    if (!ago) known += 1
    return [text, ago ? known - ago : known - 1]
  }))
}

/* Return the line of a page and its sections, from its texts. */
export function readTexts([line, rows], { language }) {
  const sections = rows.map(([anchor, heading, sentence, sign, ...languages]) => {
    const [headingLanguage, sentenceLanguage] = languages.length ? languages : Array(2).fill(language)
    return { anchor, heading, sentence, sign, headingLanguage, sentenceLanguage }
  })
  return { line, sections }
}

/* Return the best pages, each with its best sections, and whether the first of them is a good answer. */
export function answer(index, question) {
  const terms = termsOf(index, question).map((text) => lookUp(index, text))
  const total = sum(terms.map((term) => term.rarity))
  const scores = new Map()
  terms.forEach((term) => term.weights.forEach((weight, number) => {
    const score = scores.get(number) ?? { weight: 0, rarity: 0 }
    scores.set(number, { weight: score.weight + weight, rarity: score.rarity + term.rarity })
  }))
  const hits = [...scores].map(([number, { weight, rarity }]) =>
    ({ ...index.sections[number], share: rarity / total, score: weight * rarity / total }))
  const pages = group(hits).slice(0, MAX_PAGES)
  return { pages, isGood: pages.some(({ sections }) => sections[0].share >= GOOD) }
}

/* Return the contact whose subject has most words of a question. */
export function contactFor(index, question) {
  const asked = new Set(split(question))
  const fit = ({ words }) => words.filter((text) => asked.has(text)).length
  return index.contacts.reduce((best, contact) => (fit(contact) > fit(best) ? contact : best))
}

/* Return the words of a question that say something; all of them if none does. */
function termsOf(index, question) {
  const texts = [...new Set(split(question))]
  const telling = texts.filter((text) => !index.stop.has(text))
  return telling.length ? telling : texts
}

/* Return the weight of a word in each section, and how much the word says. */
function lookUp(index, text) {
  const weights = new Map()
  familiesOf(index, text).forEach((share, family) => {
    const posting = index.postings[family]
    const rarity = rarityOf(posting.length, index)
    eachPosting(posting, (number, level) => {
      const weight = (share * rarity * (level + 0.5)) / LEVELS
      weights.set(number, Math.max(weights.get(number) ?? 0, weight))
    })
  })
  return { weights, rarity: rarityOf(weights.size, index) }
}

/* Return how rare a word is that `count` sections have. */
function rarityOf(count, { sections }) {
  return Math.log(1 + (sections.length - count + 0.5) / (count + 0.5))
}

function eachPosting(posting, use) {
  let number = 0
  posting.forEach((step) => {
    number += Math.floor(step / LEVELS)
    use(number, step % LEVELS)
  })
}

/* Return the stems that a word means, each with the share of its weight: its own, or those of similar words. */
function familiesOf(index, text) {
  const own = index.families.get(text)
  if (own !== undefined) return new Map([[own, 1]])
  const families = new Map()
  index.families.forEach((family, known) => {
    const share = similarity(text, known)
    if (share > (families.get(family) ?? 0)) families.set(family, share)
  })
  const best = Math.max(0, ...families.values())
  return new Map([...families].filter(([, share]) => share >= best - 0.1))
}

/* Return how likely two words mean the same, from 0 to 1: one inflects, begins, or misspells the other. */
function similarity(text, known) {
  const start = commonStart(text, known)
  if (start === text.length && start >= 3) return 0.9 - 0.02 * (known.length - start)
  if (start >= 4 && start >= Math.max(text.length, known.length) - 3) return 0.8
  const allowed = text.length < 4 ? 0 : text.length < 8 ? 1 : 2
  const errors = distance(text, known, allowed)
  return errors > allowed ? 0 : 0.85 - 0.15 * errors
}

function commonStart(text, known) {
  let length = 0
  while (length < text.length && text[length] === known[length]) length += 1
  return length
}

/* Return how many letters differ, are missing, or changed places; any number above `most` if more do. */
function distance(text, known, most) {
  if (Math.abs(text.length - known.length) > most) return most + 1
  let before = []
  let last = [...Array(known.length + 1).keys()]
  for (let row = 1; row <= text.length; row += 1) {
    const next = [row]
    for (let column = 1; column <= known.length; column += 1) {
      const cost = text[row - 1] === known[column - 1] ? 0 : 1
      next[column] = Math.min(last[column] + 1, next[column - 1] + 1, last[column - 1] + cost)
      const swapped = row > 1 && text[row - 1] === known[column - 2] && text[row - 2] === known[column - 1]
      if (swapped) next[column] = Math.min(next[column], before[column - 2] + 1)
    }
    if (Math.min(...next) > most) return most + 1
    before = last
    last = next
  }
  return last[known.length]
}

/* Return the pages of sections, the best first; a page gains a little from each further section. Lists of cards
   share one register, so the best of them leaves the next places to pages that say something else. */
function group(hits) {
  const pages = new Map()
  hits.sort(byScore).forEach((hit) => {
    const { page, sections = [], score = 0 } = pages.get(hit.page) ?? { page: hit.page }
    const gain = hit.score * SHARES[page.place] * (sections.length ? OTHER_SECTIONS[page.place] : 1)
    const shown = sections.length < MAX_SECTIONS
    pages.set(page, {
      page,
      sections: shown ? [...sections, hit] : sections,
      score: shown ? score + gain : score,
    })
  })
  const best = [...pages.values()].sort(byScore)
  best.filter(({ page }) => page.place === CARDS).slice(1).forEach((list) => { list.score *= LATER_CARDS })
  return best.sort(byScore)
}

function byScore(one, other) {
  return other.score - one.score
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0)
}
