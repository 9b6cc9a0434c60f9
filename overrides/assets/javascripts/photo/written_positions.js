/* Positions and places that people and programs write into texts that are meant for something else. */

const NUMBER = "[+-]?\\d{1,3}\\.\\d"
const DEGREE = "(?:[°º˚]|deg)"

/* Not every browser can read a part of a pattern without regard to capitals. */
const anyCase = (letters) =>
  letters.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)

const SIDES = "nord north sud south est east ouest west".split(" ").map(anyCase).join("|")
const SIDE = `(?:[NSEWO]|${SIDES})\\b`
const END_OF_ITUDE = `(?:[eE]|${anyCase("ine")})?`
const ITUDE = `(?:${anyCase("itud")}${END_OF_ITUDE})?`
const LATITUDE = `(?<![a-zA-Z])(?:${anyCase("gps")}|[mM])?[ _-]?`
  + `(?:${anyCase("lat")}${ITUDE}|${anyCase("lng")}`
  + `|${anyCase("lon")}${anyCase("g")}?(?:[tT]?${anyCase("itud")}${END_OF_ITUDE})?`
  + `|${anyCase("breitengrad")}|[lL][äÄ]${anyCase("ngengrad")})`

/* Each form says itself that it is a position. Two numbers alone are one only if they are as long as those of a
   map, and not both below 1, as those that say where in a picture something is. */
const FORMS = [
  // lat=51.5, "GpsLongitude": "51.5", latitude: 51/1
  `${LATITUDE}["'\\]\\s]{0,2}[:=]["'\\[\\s]{0,2}[+-]?\\d{1,3}[.,/°]\\s?\\d+`,
  `\\b${anyCase("lat")}${ITUDE}\\s[+-]?\\d{1,2}[.,]\\d{3,}`,
  // geo:51.5,-0.12, and addresses of maps
  `\\bgeo:${NUMBER}\\d*,\\s?${NUMBER}\\d*|[@=?/]${NUMBER}\\d{2,}(?:,|%2[cC]|~)${NUMBER}\\d{2,}`,
  `#map=\\d{1,2}/${NUMBER}\\d*/${NUMBER}\\d*|!3d${NUMBER}\\d*!4d${NUMBER}\\d*`,
  "\\b(?:maps\\.app\\.goo\\.gl|goo\\.gl/maps|w3w\\.co|what3words\\.com|plus\\.codes)/[^\\s\"'<>]{3,80}",
  "\\bgeonames\\.org/\\d{3,12}\\b",
  // An open location code, three words, and other codes with their name
  "\\b[23456789CFGHJMPQRVWX]{8}\\+[23456789CFGHJMPQRVWX]{2,3}\\b",
  "\\b(?=[A-Z]{0,3}\\d)[23456789CFGHJMPQRVWX]{4}\\+[23456789CFGHJMPQRVWX]{2,3},?\\s"
    + "(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\\b)[A-Z][a-z]{2}",
  "(?<![\\w:/])///[a-z]{3,20}\\.[a-z]{3,20}\\.[a-z]{3,20}\\b(?!\\.)",
  `\\b(?:${anyCase("what3words")}|${anyCase("w3w")})[:= ]{1,3}[a-z]{3,20}\\.[a-z]{3,20}\\.[a-z]{3,20}\\b`,
  `\\b${anyCase("geohash")}[:= ]{1,3}[\\da-z]{5,12}\\b`,
  `\\b(?:${anyCase("mgrs")}|${anyCase("usng")})[:= ]{1,3}\\d{1,2}[C-X] ?[A-Z]{2}`,
  "\\b\\d{1,2}[C-X] [A-HJ-NP-Z]{2} \\d{4,5} \\d{4,5}\\b",
  // ISO 6709, as in films
  "(?<![\\d.])[+-]\\d{2,6}\\.\\d+[+-]\\d{3,7}\\.\\d+",
  // Degrees, minutes and seconds with their signs, and 51,30.04N of XMP
  `\\b\\d{1,3}\\s?${DEGREE}\\s?\\d{1,2}(?:[.,]\\d+)?\\s?['′’]\\s?`
    + `(?:\\d{1,2}(?:[.,]\\d+)?\\s?(?:["″”]|'')\\s?)?${SIDE}`,
  "\\b\\d{1,3},\\d{1,2}(?:\\.\\d+|,\\d{1,2}(?:\\.\\d+)?)[NSEW]\\b",
  // N 51° 30.042, as hikers write it
  `\\b[NSEWO]\\s?\\d{1,3}\\s?${DEGREE}\\s?\\d{1,2}(?:\\.\\d{1,4}|\\s?['′’])`,
  // 51.5° N, 0.1° W
  `\\b\\d{1,2}(?:[.,]\\d+)?\\s?${DEGREE}\\s?[NS][,;]?\\s{0,2}\\d{1,3}(?:[.,]\\d+)?\\s?${DEGREE}\\s?[EWO]\\b`,
  // 51.5007° N, but not 1.2345E-02; and N 51.5007 W 0.1246
  `\\b\\d{1,3}(?:[.,]\\d{2,}\\s?${DEGREE}\\s?${SIDE}|\\.\\d{4,}\\s?[NSEW]\\b(?![+-]\\d))`,
  "\\b\\d{1,2}[.,]\\d{3,}\\s?[NS][,;]?\\s{0,2}\\d{1,3}[.,]\\d{3,}\\s?[EWO]\\b",
  "\\b[NS]\\s?\\d{1,2}[.,]\\d{3,}\\s?°?[,;]?\\s{0,2}[EWO]\\s?\\d{1,3}[.,]\\d{3,}",
  // What satellite receivers say
  "\\$(?:G[NPLAB]|BD)(?:RMC|GGA|GLL|GNS),[\\d.]*,[^\\s*]{10,80}",
  // Well-known text, and GPS (51.5,-0.12,35) of drones
  `\\b${anyCase("point")} ?Z? ?\\(\\s?[+-]?\\d{1,3}\\.\\d+ [+-]?\\d{1,3}\\.\\d+[^()]{0,20}\\)?`,
  `\\b(?:${anyCase("gps")}|${anyCase("home")})[ :]{0,2}\\(\\s?[+-]?\\d{1,3}\\.\\d+,\\s?[+-]?\\d{1,3}\\.\\d+[^()]{0,20}\\)?`,
  `\\b${anyCase("gps")}[ :=]{1,3}[+-]?\\d{1,3}\\.\\d{2,}[ ,;]{1,2}[+-]?\\d{1,3}\\.\\d{2,}`,
  "(?<![\\d.,+-])(?<!\\d, )(?![+-]?0\\.\\d+\\s?[,;]\\s?[+-]?[01]\\.)[+-]?\\d{1,2}\\.\\d{4,}\\s?[,;]"
    + "\\s?[+-]?\\d{1,3}\\.\\d{4,}(?![\\d.]|\\s?[,;]\\s?[+-]?\\d+\\.\\d{4})",
  // The same with the commas of many languages; and with a space, if there is nothing else
  "(?<![\\d.,+-])(?<!\\d; )(?![+-]?0,\\d+\\s?;\\s?[+-]?[01],)[+-]?\\d{1,2},\\d{4,}\\s?;"
    + "\\s?[+-]?\\d{1,3},\\d{4,}(?!,?\\d|\\s?;\\s?[+-]?\\d+,\\d{4})",
  "^\\s*(?![+-]?0\\.\\d+\\s+[+-]?[01]\\.)[+-]?\\d{1,2}\\.\\d{5,}\\s+[+-]?\\d{1,3}\\.\\d{5,}\\s*$",
]
const POSITION = new RegExp(FORMS.map((form) => `(?:${form})`).join("|"), "g")
/* The branch of a tree of keywords that photo programs keep for places. */
const BRANCH = /^\s*(?:places?|locations?|geo(?:tag)?s?|lieux|orte)\s*[|/\\]\s*(\S.*)/i
const NOWHERE = /^[^1-9]*(?<![A-Za-z0])0[^1-9]*$/
const MAX_LETTERS = 4_000

/* Return the position that a text states; empty if it states none, or the one without a fix: 0, 0. */
export function writtenPosition(text) {
  for (const [position] of text.slice(0, MAX_LETTERS).matchAll(POSITION)) {
    if (!NOWHERE.test(position)) return position.trim()
  }
  return ""
}

/* Return the place that a keyword such as `Places|London` names; empty if it names none. */
export function writtenPlace(keyword) {
  return BRANCH.exec(keyword.slice(0, MAX_LETTERS))?.[1] ?? ""
}
