/** What a search finds, put into the page: what is there already stays where it is. */

import * as choices from "./choices.js";
import { element, fill, link, part, write } from "./dom.js";
import * as items from "./items.js";
import { say } from "./words.js";

/** Organisations above the contracts, before somebody asks for more. */
const FEW = 3;
/** Contracts on a page, and pages beside the present one that the pager names. */
const SIZE = 20;
const BESIDE = 2;
/** Milliseconds after which choices are drawn, where no more results came: these may change them all. */
const CALM = 60;

const PARTS = ["facets", "tools", "missing", "chosen", "organisations", "more", "contracts", "pager", "near"];
let isMore = false;
let query = null;
let latest = null;

/**
 * Shows a snapshot of a search. `address` gives the link to another view of it. Results come first: as
 * long as more is on its way, the choices follow when they have been drawn.
 */
export function show(snapshot, view, address) {
  if (query !== view.query) forget(view.query);
  latest = snapshot;
  const { state, results, near, total, exact, unfiltered } = snapshot;
  part("facets").hidden = part("tools").hidden = exact + unfiltered === 0;
  gaps(snapshot);
  const isNow = state === "done" || Object.values(view.filters).some((chosen) => chosen.length);
  const facets = isNow ? snapshot.facets() : {};
  choices.chosen(facets, view, address);
  if (isNow) choices.show(facets);
  else drawn(() => latest === snapshot && choices.show(snapshot.facets()));
  organisations(view.page > 1 ? [] : snapshot.entities);
  fill(part("contracts"), results.map(items.contract));
  pager(Math.ceil(total / SIZE), view, address);
  nearby(near, address);
}

/** Runs something when what stands in the page by now has been drawn, and nothing more came at once. */
const drawn = (then) => requestAnimationFrame(() => setTimeout(then, CALM));

/** Shows nothing. */
export function clear() {
  forget(null);
  for (const one of PARTS) part(one).hidden = true;
}

function forget(next) {
  query = next;
  latest = null;
  isMore = false;
  choices.forget();
  items.forget();
}

/** What was found, in words. */
export function headline({ exact, total, unfiltered, missing }, { query }) {
  const organisations = exact - total;
  if (total && organisations) return say("found_all", { organisations, contracts: total });
  if (exact) return say(total ? "found" : "found_organisations", { organisations, contracts: total });
  if (unfiltered) return say("narrowed", { n: unfiltered });
  return say(missing.length ? "none_partly" : "none", { query });
}

/** Says what could not be searched. */
function gaps({ missing, failed }) {
  const told = [];
  if (missing.includes("wasm") || !globalThis.WebAssembly) told.push("no_wasm");
  if (missing.includes("text")) told.push(failed.length ? "unread" : "no_text");
  write(part("missing"), told.map((key) => say(key)).join(" "));
  part("missing").hidden = !told.length;
}

function organisations(found) {
  const list = part("organisations");
  const few = isMore ? found : found.slice(0, FEW);
  fill(list, few.map(items.organisation));
  part("more").hidden = few.length === found.length;
  write(part("more"), say("more_organisations", { n: found.length - few.length }));
  part("more").onclick = () => {
    isMore = true;
    organisations(found);
    list.children[FEW].querySelector("a").focus();
  };
}

function pager(pages, view, address) {
  const step = (page, name, text) => link(address({ ...view, page }), name, text);
  const numbers = Array.from({ length: pages }, (_, at) => at + 1);
  const near = numbers.filter((page) => page === 1 || page === pages || Math.abs(page - view.page) <= BESIDE);
  const list = element("ol", "pager__list");
  near.forEach((page, at) => {
    if (at && page > near[at - 1] + 1) list.append(element("li", "pager__gap", "…"));
    const one = step(page, "pager__page", page);
    one.setAttribute("aria-label", say("page", { n: page }));
    if (page === view.page) one.setAttribute("aria-current", "page");
    list.append(element("li"));
    list.lastChild.append(one);
  });
  const before = view.page > 1 ? [step(view.page - 1, "pager__step", say("previous"))] : [];
  const after = view.page < pages ? [step(view.page + 1, "pager__step", say("next"))] : [];
  const where = element("p", "pager__place", say("place", { n: view.page, of: pages }));
  fill(part("pager"), pages > 1 ? [...before, list, ...after, where] : []);
}

function nearby({ entities, results, suggestions }, address) {
  const meant = part("meant");
  const links = suggestions.map(({ text }) => link(address({ query: text }), "results__suggestion", text));
  meant.replaceChildren(meant.firstChild, ...links.flatMap((one) => [" ", one]));
  meant.hidden = !links.length;
  fill(part("near-organisations"), entities.map(items.organisation));
  fill(part("near-contracts"), results.map(items.contract));
  part("near-note").hidden = entities.length + results.length === 0;
  part("near").hidden = entities.length + results.length + links.length === 0;
}
