// Starts Sveltia CMS with the configuration beside this page. Nothing else decides what it does.
"use strict";

window.CMS_MANUAL_INIT = true;

document.addEventListener("DOMContentLoaded", async () => {
  const message = document.getElementById("message");
  try {
    const answer = await fetch("configuration.json", { cache: "no-cache" });
    const { keys, sveltia } = await answer.json();
    window.CMS.registerCustomFormat("lines-frontmatter", "md", window.linesFormat(keys));
    await window.CMS.init({ config: { ...sveltia, load_config_file: false } });
    message.remove();
  } catch (error) {
    message.textContent = message.dataset.failed;
    console.error(error);
  }
});
