/* Brings the parts of a page to life that scripts make easier to use. Without it, all of them can be read. */
import { leadStepByStep } from "./decision.js"
import { filterLibrary } from "./library.js"
import { filterScenarios } from "./scenarios.js"

document.querySelectorAll(".decision").forEach(leadStepByStep)
document.querySelectorAll(".library").forEach(filterLibrary)
document.querySelectorAll(".scenarios").forEach(filterScenarios)
