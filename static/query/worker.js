/**
 * SQLite in a thread of its own: loads the database once, and answers one statement after the other.
 * The page ends the thread to stop a question that takes too long.
 */

/** Rows of an answer at most. */
const MOST = 100_000;

let sqlite, base;

// It warns of storage that it does not find, and that is not needed here.
globalThis.sqlite3ApiConfig = { warn() {} };

addEventListener("message", async ({ data: { engine, database, sql } }) => {
  try {
    base ??= await opened(engine, database);
  } catch (error) {
    console.warn(error);
    return postMessage({ offline: true });
  }
  try {
    return postMessage(answered(sql));
  } catch (error) {
    return postMessage({ failed: error.message.replace(/^.*?result code \d+: /, "") });
  }
});

/** The database, in memory and for reading only. */
async function opened(engine, database) {
  postMessage({ doing: "loading" });
  const [{ default: load }, data] = await Promise.all([import(engine), bytes(database)]);
  sqlite = await load();
  const found = new sqlite.oo1.DB();
  const { capi, wasm } = sqlite;
  const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_READONLY;
  const place = wasm.allocFromTypedArray(data);
  const code = capi.sqlite3_deserialize(found.pointer, "main", place, data.length, data.length, flags);
  if (code) throw new Error(`sqlite3_deserialize: ${code}`);
  found.exec("PRAGMA query_only = on");
  return found;
}

async function bytes(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** The columns and rows that a statement gives; of a column also whether it holds fractions. */
function answered(sql) {
  postMessage({ doing: "running" });
  const statement = base.prepare(sql);
  try {
    const columns = statement.columnCount ? statement.getColumnNames() : [];
    const real = columns.map(() => false);
    const rows = [];
    while (rows.length < MOST && statement.step()) {
      rows.push(statement.get([]));
      columns.forEach((_, at) => (real[at] ||= type(statement, at) === sqlite.capi.SQLITE_FLOAT));
    }
    return { columns, real, rows, most: rows.length === MOST };
  } finally {
    statement.finalize();
  }
}

const type = (statement, at) => sqlite.capi.sqlite3_column_type(statement.pointer, at);
