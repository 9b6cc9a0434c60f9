/* Enhances the components of a page. Without scripts, each of them can still be read in full. */
import { leadStepByStep } from "./decision.js"
import { filterLibrary } from "./library.js"
import { recountReviews } from "./reviews.js"
import { filterScenarios } from "./scenarios.js"

document.querySelectorAll(".decision").forEach(leadStepByStep)
document.querySelectorAll(".library").forEach(filterLibrary)
document.querySelectorAll(".reviews").forEach(recountReviews)
document.querySelectorAll(".scenarios").forEach(filterScenarios)
