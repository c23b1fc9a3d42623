/** Pieces of the search page: found, made, and put where they belong. */

/** A piece of the page by its name. */
export const part = (name) => document.getElementById(`search-${name}`);

export function element(tag, name = "", text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== "") made.append(text);
  return made;
}

export function link(href, name, text) {
  return Object.assign(element("a", name, text), { href });
}

/** Puts words into a piece of the page, unless they stand there. */
export function write(piece, text) {
  if (piece.textContent !== text) piece.textContent = text;
}

/** A copy of a template of the page. */
export const copy = (name) => part(name).content.firstElementChild.cloneNode(true);

/** Gives a list its children, and moves none that has its place; an empty list is hidden. */
export function fill(list, children) {
  for (const one of [...list.children]) if (!children.includes(one)) one.remove();
  children.forEach((one, at) => list.children[at] === one || list.insertBefore(one, list.children[at] ?? null));
  list.hidden = !children.length;
}

/** Keeps what was made by its key, so that a thing that is shown again is the same one. */
export function keeper() {
  const made = new Map();
  const keep = (key, make) => {
    if (!made.has(key)) made.set(key, make());
    return made.get(key);
  };
  keep.forget = () => made.clear();
  return keep;
}
