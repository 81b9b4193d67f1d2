// The pages of the login stand beside Streamlit's: links to them open in this tab, not a new one.
(() => {
  "use strict";

  const OWN = new Set(["/login", "/logout", "/password"]);

  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !OWN.has(new URL(link.href, location.href).pathname)) return;
    event.preventDefault();
    event.stopPropagation();
    location.assign(link.href);
  }, true);
})();
