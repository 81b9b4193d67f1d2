// What Streamlit 1.67's frontend calls and Chromium 100 to 121 (国产 browsers) lacks.
// Runs before the frontend's own modules, which are deferred.
(() => {
  "use strict";
  const add = (target, name, value) => {
    if (!target[name]) Object.defineProperty(target, name, { value, writable: true, configurable: true });
  };
  for (const list of [Array.prototype, Object.getPrototypeOf(Int8Array.prototype)]) {
    add(list, "toSorted", function (compare) { return this.slice().sort(compare); });
    add(list, "toReversed", function () { return this.slice().reverse(); });
    add(list, "with", function (index, value) {
      const copy = this.slice();
      copy[index < 0 ? copy.length + index : index] = value;
      return copy;
    });
  }
  add(Array.prototype, "toSpliced", function (...change) {
    const copy = this.slice();
    copy.splice(...change);
    return copy;
  });
  add(Array, "fromAsync", async (items, map = (item) => item) => {
    const out = [];
    for await (const item of items) out.push(await map(item, out.length));
    return out;
  });
  add(Promise, "withResolvers", function () {
    let resolve, reject;
    const promise = new this((yes, no) => { resolve = yes; reject = no; });
    return { promise, resolve, reject };
  });
  add(Object, "groupBy", (items, keyOf) => {
    const groups = Object.create(null);
    let index = 0;
    for (const item of items) (groups[keyOf(item, index++)] ??= []).push(item);
    return groups;
  });
  add(Map, "groupBy", (items, keyOf) => {
    const groups = new Map();
    let index = 0;
    for (const item of items) {
      const key = keyOf(item, index++);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(item);
    }
    return groups;
  });
  add(URL, "canParse", (url, base) => {
    try { return Boolean(new URL(url, base)); } catch { return false; }
  });
  add(String.prototype, "isWellFormed", function () {
    try { encodeURIComponent(this); return true; } catch { return false; }
  });
  add(AbortSignal, "timeout", (milliseconds) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException("timeout", "TimeoutError")), milliseconds);
    return controller.signal;
  });
  add(AbortSignal, "any", (signals) => {
    const controller = new AbortController();
    for (const signal of signals) {
      if (signal.aborted) { controller.abort(signal.reason); break; }
      signal.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
    }
    return controller.signal;
  });
  const has = (other, value) => other.has(value);
  add(Set.prototype, "union", function (other) { return new Set([...this, ...other.keys()]); });
  add(Set.prototype, "intersection", function (other) { return new Set([...this].filter((v) => has(other, v))); });
  add(Set.prototype, "difference", function (other) { return new Set([...this].filter((v) => !has(other, v))); });
  add(Set.prototype, "isSubsetOf", function (other) { return [...this].every((v) => has(other, v)); });
  add(Set.prototype, "isSupersetOf", function (other) { return [...other.keys()].every((v) => this.has(v)); });
  add(Set.prototype, "isDisjointFrom", function (other) { return ![...this].some((v) => has(other, v)); });
})();
