/**
 * The assistant on any page: <script src="https://CHAT.EXAMPLE/chat/embed.js" async></script>
 * Attributes of that tag and buttons of the page that open the chat: docs/embedding.md
 */
(() => {
  const tag = document.currentScript;
  const chat = document.querySelector("triage-chat") ?? document.createElement("triage-chat");
  for (const [name, value] of Object.entries(tag.dataset)) chat.setAttribute(name, value);
  chat.frame = {{ frame|safe }};
  chat.server = new URL(tag.src).origin;
  import(new URL("{{ module }}", tag.src));

  const show = () => chat.isConnected || document.body.append(chat);
  if (document.body) show();
  else addEventListener("DOMContentLoaded", show);

  addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-triage-chat]");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return; // a link of the page may open a tab
    event.preventDefault();
    customElements.whenDefined("triage-chat").then(() => chat.open({ topic: opener.dataset.triageChat, opener }));
  });
})();
