/** The page's own links that open the assistant. */
for (const link of document.querySelectorAll("[data-opens-chat]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector("triage-chat").open();
  });
}
