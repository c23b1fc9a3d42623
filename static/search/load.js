/** The engine of the search, once for a page, loaded when it is first needed; and the site's addresses. */

/** The site's root, with a slash at the end. */
const ROOT = new URL("../../", import.meta.url);
const FOLDERS = { contract: "contracts", agency: "agencies", vendor: "vendors" };
/** Files that suggestions read, and those that a search reads: asked for beside the engine as well. */
const FIRST = { suggestions: ["names.json.gz"], search: ["names.json.gz", "columns.bin.gz"] };

let opened = null;
let script = null;

/** The engine. One that could not be loaded is tried again when it is next asked for. */
export function engine() {
  opened ??= load().catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

/**
 * Loads all scripts before anything is looked for, from a host that packs them: they are small then;
 * and rehearses what a search will do. `draw` makes of a result what the page shows.
 */
export function prepare(draw) {
  const [own] = performance.getEntriesByName(import.meta.url);
  const isPacked = own?.encodedBodySize < own?.decodedBodySize;
  if (!isPacked || navigator.connection?.saveData) return;
  const rehearsal = import("./rehearsal.js").then(({ rehearse }) => rehearse(draw, () => opened === null));
  for (const one of [rehearsal, scripted(), import("./text.js"), import("./near.js")]) one.catch(() => {}); // it is for speed alone
}

async function load() {
  const engine = scripted();
  engine.catch(() => {}); // it is awaited below, perhaps after it has failed
  const inlined = document.getElementById("search-index");
  const index = inlined ? JSON.parse(inlined.textContent) : await fetched();
  for (const name of inlined ? FIRST.search : FIRST.suggestions)
    preload(new URL(`search/${name}?v=${index.key}`, ROOT));
  return (await engine).open({ base: ROOT.pathname, index });
}

/** The engine's script, kept: a browser takes a while to find one again that it has loaded. */
function scripted() {
  script ??= import("./engine.js").catch((error) => {
    script = null;
    throw error;
  });
  return script;
}

/** search/index.json, for pages that do not bear it. */
async function fetched() {
  const response = await fetch(new URL("search/index.json", ROOT), { cache: "no-cache" });
  if (!response.ok) throw new Error(`search/index.json: HTTP ${response.status}`);
  return response.json();
}

/** Asks for a file that `fetch` will want. */
function preload(href) {
  const given = { rel: "preload", href, as: "fetch", crossOrigin: "anonymous" };
  document.head.append(Object.assign(document.createElement("link"), given));
}

/** The path of the page of a contract, an agency or a vendor. */
export const place = (kind, id) => `${ROOT.pathname}${FOLDERS[kind]}/${encodeURIComponent(id)}/`;
