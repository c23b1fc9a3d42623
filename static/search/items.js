/** One result: an organisation or a contract, with its facts, and why it was found. */

import { copy, element, keeper, link } from "./dom.js";
import { place } from "./load.js";
import { manner, money, reason, say } from "./words.js";

const keep = keeper();

export const { forget } = keep;

export function organisation({ kind, id, name, tier, why, count }) {
  return keep(`${tier}-${kind}-${id}`, () => {
    const item = found("organisation", { kind, id, tier }, name);
    item.querySelector(".result__kind").textContent = say(`why.${kind}`);
    item.querySelector(".result__reason").textContent = manner(why);
    item.querySelector(".result__count").textContent = say("count", { n: count });
    return item;
  });
}

export function contract(one) {
  const { id, tier } = one;
  const item = keep(`${tier}-contract-${id}`, () => {
    const item = found("contract", { kind: "contract", id, tier }, one.title);
    item.querySelector(".result__value").textContent = value(one);
    facts(item, one);
    return item;
  });
  why(item.querySelector(".result__why"), one);
  return item;
}

function found(name, data, title) {
  const item = copy(name);
  Object.assign(item.dataset, data);
  const heading = element("h3", "result__title");
  heading.append(link(place(data.kind, data.id), "", title));
  item.prepend(heading);
  return item;
}

const value = ({ amount, currency }) => (amount === null ? say("withheld") : money(amount, currency));

/** Fills the facts; one that there is not is left out. */
function facts(item, one) {
  const shown = {
    agency: [party("agency", one.agency)],
    vendors: joined(one.vendors.map((vendor) => party("vendor", vendor))),
    signed: [one.signed],
    number: numbers(one),
    status: marks(one),
  };
  for (const fact of item.querySelectorAll("[data-fact]")) {
    fact.append(...shown[fact.dataset.fact]);
    if (!fact.hasChildNodes()) fact.parentElement.remove();
  }
}

const party = (kind, { id, name }) => link(place(kind, id), "", name);

const joined = (list) => list.flatMap((one, at) => (at ? [say("join"), one] : [one]));

/** The contract's number, and the one that was looked for, where that is another. */
const numbers = ({ number, why }) =>
  joined([...new Set([number, ...why.map((one) => one.number)])].filter(Boolean));

function marks({ state, amendments }) {
  const marks = [];
  if (state !== "unknown") marks.push(element("span", `status status--${state}`, say(`status.${state}`)));
  if (amendments) marks.push(element("span", "status status--amended", say("amended", { n: amendments })));
  return marks;
}

/** Excerpts that are read only when their result is about to be seen: a text is some KB. */
const unread = new WeakMap();
const watch = new IntersectionObserver(
  (seen) => {
    for (const { target } of seen.filter((one) => one.isIntersecting)) {
      watch.unobserve(target);
      const { read, ...one } = unread.get(target);
      read().then((excerpt) => why(target, { ...one, excerpt }));
    }
  },
  { rootMargin: "100px" },
);

/** By line: the reasons that stand there, and whether the words around them do. */
const said = new WeakMap();

/**
 * Why a contract was found; where its text says it, with the words around what was looked for. What
 * stands there stays, as when one comes back to a page of results.
 */
function why(line, one) {
  const { why, excerpt, read } = one;
  const told = JSON.stringify(why);
  const before = said.get(line);
  const isSame = before?.told === told;
  if (isSame && before.isWhole) return;
  if (read && !excerpt) {
    unread.set(line, one);
    watch.observe(line);
  }
  if (isSame && !excerpt) return;
  said.set(line, { told, isWhole: Boolean(excerpt) });
  const reasons = [...new Set(why.map(reason))].map((word) => element("span", "result__reason", word));
  const words = element("span", "result__excerpt");
  words.append(...(excerpt ?? []).map(({ text, mark }) => (mark ? element("mark", "", text) : text)));
  line.classList.toggle("result__why--text", why.some((one) => one.reason === "text"));
  line.replaceChildren(line.firstElementChild, ...reasons, " ", words);
}
