/**
 * The query page: asks the database in a worker, and shows the answer as a table and as CSV.
 * The address holds the question, `#biggest` or `#sql=SELECT…`, so that it can be passed on.
 */

/** Rows that the table shows; the CSV has all. */
const SHOWN = 500;
/** Signs from which on a text may be broken into lines. */
const LONG = 12;
/** What a spreadsheet would run, or cut: the same rule as in the site's own CSV. */
const ACTIVE = /^[=+\-@\t\r\n＝＋－＠']|^[0-9]{16,}$/;

const part = (name) => document.getElementById(`query-${name}`);
const root = document.getElementById("query");
const [form, sql, stop, title, status, csv, answer] =
  ["form", "sql", "stop", "title", "status", "csv", "answer"].map(part);
const { lang } = document.documentElement;
const words = new Map(
  Array.from(part("words").content.querySelectorAll("data"), (one) => [one.value, one.textContent]),
);
const whole = new Intl.NumberFormat(lang);
const money = new Intl.NumberFormat(lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
let worker;
/** Whether the answer is to come into view: its question may have been asked far above it. */
let jumps = false;

const say = (key, gaps = {}) => words.get(key).replace(/\{(\w+)\}/g, (_, gap) => gaps[gap]);

/** Asks, and shows what comes of it. */
function ask() {
  csv.hidden = answer.hidden = true;
  stop.hidden = false;
  status.textContent = say("loading");
  worker ??= begun();
  const { engine, database } = root.dataset;
  worker.postMessage({ engine: full(engine), database: full(database), sql: sql.value });
}

const full = (address) => new URL(address, location.href).href;

function begun() {
  const made = new Worker(root.dataset.worker, { type: "module" });
  made.addEventListener("message", ({ data }) => {
    if (data.doing) status.textContent = say(data.doing);
    else end(data);
  });
  made.addEventListener("error", () => end({ offline: true }));
  return made;
}

function end(data) {
  stop.hidden = true;
  if (data.offline) {
    giveUp();
    status.textContent = say("offline");
  } else if (data.failed) {
    status.textContent = say("failed", { message: data.failed });
  } else {
    show(data);
  }
}

function giveUp() {
  worker?.terminate();
  worker = undefined;
}

function show({ columns, real, rows, most }) {
  status.textContent = told(rows.length, most);
  if (!rows.length) return;
  answer.replaceChildren(table(columns, real, rows.slice(0, SHOWN)));
  URL.revokeObjectURL(csv.href);
  csv.href = URL.createObjectURL(new Blob([written(columns, rows)], { type: "text/csv" }));
  csv.download = "answer.csv";
  answer.hidden = csv.hidden = false;
  if (jumps) title.scrollIntoView();
}

function told(count, most) {
  if (!count) return say("none");
  const gaps = { n: whole.format(count), shown: whole.format(SHOWN) };
  if (most) return say("limit", gaps);
  if (count > SHOWN) return say("cut", gaps);
  return count === 1 ? say("row") : say("rows", gaps);
}

function table(columns, real, rows) {
  const made = element("table", "answer__rows");
  const caption = made.createCaption();
  caption.className = "unseen";
  caption.textContent = title.textContent;
  const kinds = columns.map((_, at) => kind(rows.map((row) => row[at])));
  const head = made.createTHead().insertRow();
  columns.forEach((name, at) => {
    const cell = element("th", kinds[at], words.get(`answers.${name}`) ?? name);
    cell.scope = "col";
    head.append(cell);
  });
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    row.forEach((value, at) => {
      const cell = line.insertCell();
      if (kinds[at]) cell.className = kinds[at];
      cell.append(shown(value, columns[at], real[at]));
    });
  }
  return made;
}

/** How a column is set: numbers to the right, long texts with room, dates and the like as they are. */
function kind(values) {
  if (values.some(isNumber)) return "num";
  const longest = Math.max(...values.map((value) => (/^https?:/.test(value) ? 0 : String(value ?? "").length)));
  return longest > LONG ? "answer__long" : "answer__short";
}

const isNumber = (value) => typeof value === "number" || typeof value === "bigint";

function shown(value, name, isReal) {
  if (value === null) return "";
  if (isNumber(value)) return figures(name, isReal).format(value);
  if (/^https?:\/\/\S+$/.test(value)) {
    const link = element("a", "", say("open"));
    link.href = value;
    link.setAttribute("aria-label", `${say("open")}: ${value}`);
    return link;
  }
  return String(value);
}

function figures(name, isReal) {
  if (name.endsWith("_percent")) return percent;
  return isReal ? money : whole;
}

function element(tag, name = "", text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(text);
  return made;
}

/** The answer as CSV that a spreadsheet opens as it is. */
function written(columns, rows) {
  const lines = [columns, ...rows].map((row) => row.map(cell).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

function cell(value) {
  if (value === null) return "";
  if (isNumber(value)) return String(value);
  const text = ACTIVE.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Puts a ready question into the editor. */
function choose(name) {
  const item = document.getElementById(name);
  sql.value = item.querySelector("code").textContent.trimEnd();
  title.textContent = item.querySelector("h3").textContent;
}

/** The question of the address, if it holds one. */
function restore() {
  const given = decodeURIComponent(location.hash.slice(1));
  if (given.startsWith("sql=")) {
    sql.value = given.slice(4);
    title.textContent = say("answer");
  } else if (document.querySelector(`[data-question="${CSS.escape(given)}"]`)) {
    choose(given);
  }
}

for (const button of document.querySelectorAll("[data-question]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const name = button.dataset.question;
    choose(name);
    history.replaceState(null, "", `#${name}`);
    jumps = true;
    ask();
    title.scrollIntoView();
    title.focus({ preventScroll: true });
  });
}
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!sql.value.trim()) return;
  history.replaceState(null, "", `#sql=${encodeURIComponent(sql.value)}`);
  jumps = false;
  ask();
});
sql.addEventListener("input", () => {
  title.textContent = say("answer");
});
sql.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
stop.addEventListener("click", () => {
  giveUp();
  stop.hidden = true;
  status.textContent = say("stopped");
});
addEventListener("hashchange", restore);
sql.value = document.querySelector(".questions code").textContent.trimEnd();
restore();
root.hidden = false;
