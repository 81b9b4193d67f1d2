// A page that nobody touches is left when its login must be over, so that no case stays on a
// screen. A reload asks the server: it shows the login page, or the same page where somebody
// works in another tab. The minute more than the limit keeps a reload from counting as use.
(() => {
  "use strict";

  const limit = (Number(document.currentScript.dataset.idleMinutes) + 1) * 60_000;
  let touched = Date.now();

  for (const kind of ["pointerdown", "keydown", "wheel"]) {
    addEventListener(kind, () => { touched = Date.now(); }, { capture: true, passive: true });
  }
  setInterval(() => {
    if (Date.now() - touched > limit) location.reload();
  }, 15_000);
})();
