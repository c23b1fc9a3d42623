/** What narrows a search: the facets with their counts, and the filters that are chosen. */

import { copy, element, fill, keeper, link, part, write } from "./dom.js";
import { figure, say } from "./words.js";

const FACETS = ["year", "agency", "vendor", "band", "method", "category", "region", "status"];
/** Facets that are unfolded at first, where there is room. */
const UNFOLDED = 5;
/** Values of a facet before somebody asks for more, and then. */
const SOME = 8;
const MANY = 200;

const facets = part("facets");
const wide = matchMedia("(min-width: 64.01rem)");
const groups = FACETS.map(group);
facets.append(...groups);
/** Choices by facet and value, of all queries; the facets of which somebody asked to see more. */
const keep = keeper();
const opened = new Set();

const unfold = () => (facets.open = wide.matches);
wide.addEventListener("change", unfold);
unfold();

/** What another query found is counted no more. */
export function forget() {
  opened.clear();
  for (const one of groups) one.hidden = true;
}

function group(kind, at) {
  const made = copy("facet");
  const name = say(`facet.${kind}`);
  Object.assign(made.dataset, { facet: kind });
  made.open = wide.matches && at < UNFOLDED;
  for (const title of made.querySelectorAll("summary, legend")) title.textContent = name;
  return made;
}

const named = (kind, { value, name }) => say(`${kind}.${value}`) ?? name;

/** Shows which values there are, and how many contracts have each. */
export function show(counts) {
  for (const group of groups) {
    const values = counts[group.dataset.facet] ?? [];
    group.hidden = !values.length;
    list(group, values);
  }
}

function list(group, values) {
  const kind = group.dataset.facet;
  const set = group.querySelector(".facets__list");
  const button = group.querySelector("button");
  const most = opened.has(kind) ? MANY : SOME;
  const few = values.filter((one, at) => at < most || one.chosen);
  fill(set, inPlace(set, few.map((one) => choice(kind, one))));
  button.hidden = opened.has(kind) || few.length === values.length;
  write(button, say("more", { n: values.length - few.length }));
  button.onclick = () => {
    opened.add(kind);
    list(group, values);
    set.children[few.length]?.querySelector("input").focus();
  };
}

/** While somebody is choosing in a list, nothing in it changes places. */
function inPlace(set, choices) {
  if (!set.contains(document.activeElement)) return choices;
  const before = [...set.children].filter((one) => choices.includes(one));
  return [...before, ...choices.filter((one) => !before.includes(one))];
}

function choice(kind, one) {
  const label = keep(`${kind}=${one.value}`, () => {
    const made = element("label", "facets__choice");
    const box = Object.assign(element("input"), { type: "checkbox", name: kind, value: one.value });
    made.append(box, element("span", "", named(kind, one)), " ", element("span", "facets__count"));
    return made;
  });
  label.firstElementChild.checked = one.chosen;
  write(label.lastElementChild, figure(one.count));
  return label;
}

/** The filters that are chosen, each a link that takes it away. */
export function chosen(counts, view, address) {
  const links = FACETS.flatMap((kind) =>
    view.filters[kind].map((value) => {
      const known = counts[kind]?.find((one) => one.value === value) ?? { value, name: value };
      const name = say("chosen", { facet: say(`facet.${kind}`), name: named(kind, known) });
      const rest = { ...view.filters, [kind]: view.filters[kind].filter((one) => one !== value) };
      const one = link(address({ ...view, filters: rest, page: 1 }), "chosen__one", name);
      one.setAttribute("aria-label", say("remove", { name }));
      return one;
    }),
  );
  const all = link(address({ ...view, filters: {}, page: 1 }), "chosen__all", say("clear"));
  fill(part("chosen"), links.length ? [...links, all] : []);
  write(part("filters"), links.length ? `(${links.length})` : "");
}
