/* Runs before the page is drawn: the colors that the reader chose, and a mark that scripts run. */
document.documentElement.className = "has-script"
try {
  const scheme = localStorage.getItem("scheme")
  if (scheme) document.documentElement.dataset.scheme = scheme
} catch { /* Storage is refused: the device decides. */ }
