// One step of the reader is one step of the browser's history.
//
// When a page leads to another with a query, Streamlit first puts that query on the address of
// the page one leaves, then goes to the other page, then adds what the shared filters say: up to
// four entries, most of which lead Back to lists that nobody chose. Entries that follow the first
// without a click or key of the reader between them take its place.
(() => {
  "use strict";

  const ONE_STEP = 3000; // milliseconds; a loaded server needs one between two entries
  const push = history.pushState.bind(history);
  let lastAt = -Infinity;

  // The next page of a list is read from its top, though the button stands below the list.
  const shown = () => new URLSearchParams(location.search).get("after");

  history.pushState = (state, title, address) => {
    const now = performance.now(), page = shown();
    if (now - lastAt < ONE_STEP) history.replaceState(state, title, address);
    else push(state, title, address);
    lastAt = now;
    if (shown() !== page) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  };

  const begin = () => { lastAt = -Infinity; };
  for (const event of ["popstate", "pointerdown", "keydown"]) addEventListener(event, begin, true);
})();
