/**
 * The search page. Its address says what is looked for, and how; whatever changes it is a step that
 * the browser's back and forward take again.
 */

import { write } from "./dom.js";
import * as items from "./items.js";
import { engine, prepare } from "./load.js";
import * as shown from "./show.js";
import { say } from "./words.js";

const FACETS = ["agency", "vendor", "year", "region", "method", "category", "band", "status"];
const SORTS = ["value", "value-asc", "date", "date-asc"];
/** Results on a page. */
const SIZE = 20;
/** Milliseconds after which the last results are shown as such, and the page says that it is searching. */
const SHORT = 100;
const PATIENCE = 400;
/** Milliseconds by which requests are ahead of the browser's work for a new address and title. */
const AHEAD = 30;

const part = (name) => document.getElementById(`search-${name}`);
const form = document.querySelector('form[role="search"]');
const [status, main, facets] = ["status", "main", "facets"].map(part);
const title = document.title;
let running = new AbortController();
let waiting = [];
/** What the address says, or will say when it has been noted. */
let wanted = location.search;
let noting = null;

/** What the address asks for. */
function asked() {
  const given = new URLSearchParams(wanted);
  const sort = given.get("sort");
  return {
    query: (given.get("q") ?? "").trim(),
    filters: Object.fromEntries(FACETS.map((facet) => [facet, [...new Set(given.getAll(facet))]])),
    sort: SORTS.includes(sort) ? sort : "",
    page: Math.max(1, Math.floor(given.get("page")) || 1),
  };
}

/** The address of a view of a query: filters, order, page. */
function address({ query, filters = {}, sort = "", page = 1 }) {
  const given = new URLSearchParams({ q: query });
  for (const facet of FACETS) for (const value of filters[facet] ?? []) given.append(facet, value);
  if (sort) given.set("sort", sort);
  if (page > 1) given.set("page", page);
  return `?${given}`;
}

function go(to) {
  if (to !== wanted) {
    note();
    wanted = to;
    noting = setTimeout(note, AHEAD);
  }
  return run();
}

function replace(to) {
  note();
  wanted = to;
  history.replaceState(null, "", to);
  return run();
}

/** Makes the step, unless it is made: at the latest when something is shown that one may go on from. */
function note() {
  if (noting === null) return;
  clearTimeout(noting);
  noting = null;
  history.pushState(null, "", wanted);
  entitle(asked());
}

function entitle({ query }) {
  document.title = query ? `${query} - ${title}` : title;
}

/** Shows what the address asks for. */
async function run() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const view = asked();
  form.elements.q.value = view.query;
  part("sort").value = view.sort;
  if (noting === null) entitle(view);
  part("retry").hidden = true;
  part("ways").hidden = view.query !== "";
  settle();
  tell(view.query ? "working" : "idle");
  if (!view.query) return shown.clear();
  waiting = [setTimeout(hold, SHORT), setTimeout(() => (status.textContent = say("working")), PATIENCE)];
  try {
    await search(view, signal);
  } catch {
    if (!signal.aborted) fail();
  }
  if (!signal.aborted) settle();
}

/** Nothing below the results jumps while they come in. */
function hold() {
  main.style.minHeight = `${main.offsetHeight}px`;
  main.setAttribute("aria-busy", "true");
}

function settle() {
  waiting.forEach(clearTimeout);
  main.style.minHeight = "";
  main.removeAttribute("aria-busy");
}

async function search(view, signal) {
  const found = await engine();
  for await (const snapshot of found.search(view.query, { ...view, size: SIZE, signal })) {
    if (signal.aborted) return;
    const last = Math.max(1, Math.ceil(snapshot.total / SIZE));
    const isDone = snapshot.state === "done";
    if (isDone && view.page > last) return replace(address({ ...view, page: last }));
    shown.show(snapshot, view, address);
    note();
    if (isDone) finish(snapshot, view);
  }
}

function finish(snapshot, view) {
  part("ways").hidden = snapshot.exact > 0;
  part("retry").hidden = !snapshot.failed.length;
  tell("done", shown.headline(snapshot, view), snapshot.exact);
}

function fail() {
  tell("failed", say("failed"));
  part("retry").hidden = part("ways").hidden = false;
}

/**
 * Says how far the search is; what stands there already is not said again to those who listen. Whoever
 * hears that it is over reads its address.
 */
function tell(state, text = "", exact = 0) {
  if (state !== "working") note();
  Object.assign(status.dataset, { state, exact });
  write(status, text);
}

/** Saves everything that was found as a table. */
async function save({ currentTarget: button }) {
  if (button.ariaDisabled === "true") return;
  const label = button.textContent;
  const progress = (n, of) => (button.textContent = say("exporting", { n, of }));
  button.ariaDisabled = "true";
  try {
    const [table, found] = await Promise.all([import("./table.js"), engine()]);
    const view = asked();
    table.save(await found.all(view.query, view, progress), view.query);
  } catch {
    status.textContent = say("not_exported");
  }
  button.ariaDisabled = null;
  button.textContent = label;
}

/** Those who went on by a link are taken to the results. */
function follow(event) {
  const link = event.target.closest('a[href^="?"]');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link.getAttribute("href"));
  main.focus({ preventScroll: true });
  if (main.getBoundingClientRect().top < 0) main.scrollIntoView();
}

function chosen() {
  const boxes = [...facets.querySelectorAll("input:checked")];
  const values = (facet) => boxes.filter(({ name }) => name === facet).map(({ value }) => value);
  return Object.fromEntries(FACETS.map((facet) => [facet, values(facet)]));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = form.elements.q.value.trim();
  const view = asked();
  go(address(query === view.query ? { ...view, page: 1 } : { query }));
  if (matchMedia("(pointer: coarse)").matches) form.elements.q.blur(); // the keyboard would hide the results
});
facets.addEventListener("change", () => go(address({ ...asked(), filters: chosen(), page: 1 })));
part("sort").addEventListener("change", ({ target }) => go(address({ ...asked(), sort: target.value, page: 1 })));
part("export").addEventListener("click", save);
part("retry").addEventListener("click", run);
main.addEventListener("click", follow);
addEventListener("popstate", () => {
  clearTimeout(noting);
  noting = null;
  wanted = location.search;
  run();
});
if (document.readyState === "complete") prepare(items.contract);
else addEventListener("load", () => prepare(items.contract));
run();
