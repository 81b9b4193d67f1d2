// The answer to a form waits while a ledger is being stored: after a moment the page says so.
(() => {
  "use strict";

  const AFTER = 3000; // milliseconds; most answers come sooner
  const told = () => document.getElementById("sent");
  let waiting;

  addEventListener("submit", (event) => {
    clearTimeout(waiting);
    // Below the button that was pressed: on a phone the end of the card is out of sight.
    event.target.append(told());
    waiting = setTimeout(() => { told().hidden = false; }, AFTER);
  });
  // The way back shows a page as it was left.
  addEventListener("pageshow", () => {
    clearTimeout(waiting);
    told().hidden = true;
  });
})();
