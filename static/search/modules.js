/** The modules of the engine, to be preloaded side by side before engine.js is imported. */
export const MODULES = [
  "amounts", "days", "engine", "facets", "files", "fold", "fulltext", "names", "near", "proof",
  "query", "readings", "rows", "sieve", "text",
].map((name) => new URL(`${name}.js`, import.meta.url).href); // prettier-ignore
