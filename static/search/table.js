/** The results of a search as a table that spreadsheets open. */

import { place } from "./load.js";
import { reason, say } from "./words.js";

/** What a spreadsheet would take for a formula, also in full width. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^-?\d+(\.\d+)?$/;
/** A byte order mark: without it, spreadsheets take the file for one of the system's own encoding. */
const BOM = "\ufeff";

const COLUMNS = {
  title: ({ title }) => title,
  number: ({ number }) => number,
  agency: ({ agency }) => agency.name,
  vendor: ({ vendors }) => vendors.map(({ name }) => name).join(say("join")),
  value: ({ amount }) => amount ?? say("withheld"),
  currency: ({ currency }) => currency,
  signed: ({ signed }) => signed,
  status: ({ state }) => say(`status.${state}`),
  amendments: ({ amendments }) => String(amendments),
  why: ({ why }) => [...new Set(why.map(reason))].join(say("join")),
  address: ({ id }) => new URL(place("contract", id), document.querySelector("link[rel=canonical]").href).href,
};

/** Hands contracts to the browser, as a file that is named by the query. */
export function save(contracts, query) {
  const file = new Blob([written(contracts)], { type: "text/csv;charset=utf-8" });
  const name = say("file", { query: query.replace(/[\p{C}\p{Z}\\/:*?"<>|.~]+/gu, "_").slice(0, 40) });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: `${name}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function written(contracts) {
  const names = Object.keys(COLUMNS).map((name) => say(`column.${name}`));
  const rows = contracts.map((one) => Object.values(COLUMNS).map((cell) => cell(one)));
  return BOM + [names, ...rows].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}

/** A cell; one that would be a formula is made a text by a sign before it. */
function quoted(text) {
  const plain = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}
