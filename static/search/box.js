/**
 * The search box of every page, as a combobox: while one types, the vendors, agencies and contracts
 * that may be meant. Without this script it is a plain form.
 */

import { engine, place } from "./load.js";

const KINDS = ["vendor", "agency", "contract"];
/** Suggestions of a kind. */
const LIMIT = 4;
/** Milliseconds in which the next letter, or Enter, may follow. */
const PAUSE = 40;
/** Where somebody types, so that `/` is a sign like any other. */
const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

for (const form of document.querySelectorAll('[data-module~="box"]')) bind(form);

function bind(form) {
  const field = form.elements.q;
  const { label } = form.dataset;
  const list = make("div", { class: "search__list", id: "search-list", role: "listbox", "aria-label": label, hidden: "" });
  form.append(list);
  set(field, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": false, "aria-controls": list.id });

  let wanted = "";
  let isAsking = false;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const active = () => list.querySelector("[aria-selected=true]");

  function close() {
    wanted = "";
    list.hidden = true;
    set(field, { "aria-expanded": false });
    mark(null);
  }

  function mark(option) {
    if (active()) set(active(), { "aria-selected": false });
    if (!option) return field.removeAttribute("aria-activedescendant");
    set(option, { "aria-selected": true });
    set(field, { "aria-activedescendant": option.id });
    option.scrollIntoView({ block: "nearest" });
  }

  function show(found) {
    list.replaceChildren(...KINDS.filter((kind) => found[kind]?.length).map((kind) => group(kind, found[kind])));
    options().forEach((option, at) => (option.id = `search-option-${at}`));
    list.hidden = !list.firstChild;
    set(field, { "aria-expanded": !list.hidden });
    mark(null);
    list.scrollTop = 0;
  }

  function group(kind, found) {
    const id = `search-list-${kind}`;
    const head = make("div", { class: "search__group", id, role: "presentation" }, form.dataset[kind]);
    return make("div", { role: "group", "aria-labelledby": id }, head, ...found.map((one) => option(kind, one)));
  }

  /** What is typed while an answer is under way is asked for next; only the last answer is shown. */
  async function suggest() {
    wanted = field.value.trim();
    if (isAsking) return;
    isAsking = true;
    try {
      for (let asked = null; asked !== wanted; ) {
        await new Promise((done) => setTimeout(done, PAUSE));
        asked = wanted;
        const found = asked ? await (await engine()).suggest(asked, LIMIT) : {};
        const isSeen = asked || !list.hidden;
        if (isSeen && asked === wanted && document.activeElement === field) show(found);
      }
    } catch {
      close(); // Without suggestions the form still works, and its page says what is wrong.
    } finally {
      isAsking = false;
    }
  }

  /** What a key does; true if nothing else is to come of it. */
  function press({ key, altKey }) {
    const shown = list.hidden ? [] : options();
    const at = shown.indexOf(active());
    const to = {
      ArrowDown: at < shown.length - 1 ? at + 1 : 0,
      ArrowUp: at > 0 ? at - 1 : shown.length - 1,
      Home: at < 0 ? undefined : 0,
      End: at < 0 ? undefined : shown.length - 1,
    }[key];
    if (key === "Escape" && shown.length) close();
    else if (key === "Escape" && field.value) field.value = "";
    else if (key === "ArrowUp" && altKey) close();
    else if (key === "ArrowDown" && !shown.length) suggest();
    else if (key === "Enter" && at >= 0) shown[at].click();
    else if (to !== undefined && shown.length) mark(shown[to]);
    else return false;
    return true;
  }

  field.addEventListener("focus", () => engine().then((search) => search.warm()).catch(() => {}));
  field.addEventListener("input", (event) => event.isComposing || suggest());
  field.addEventListener("compositionend", suggest);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    // While signs are composed, the keys belong to the input method; Safari tells it by the code.
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
    if (press(event)) event.preventDefault();
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") mark(null);
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  form.addEventListener("submit", close);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(TYPING)) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}

/** A suggestion: a link, so that it opens like one. */
function option(kind, { id, name, title, number, why }) {
  const text = title ?? name;
  const other = number ?? (why?.text === text ? "" : why?.text);
  const small = other ? [" ", make("small", {}, other)] : [];
  const given = { class: "search__option", role: "option", "aria-selected": false, tabindex: -1, href: place(kind, id) };
  return make("a", given, text, ...small);
}

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  set(element, attributes);
  element.append(...children);
  return element;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
