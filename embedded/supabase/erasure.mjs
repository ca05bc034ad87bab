// Deleted means gone from the disk, too. Postgres leaves deleted rows in its files until their space is used again, and
// in its write-ahead log; PGlite has no autovacuum, so here they would stay for good. After a deletion all tables are
// written anew and the old log is thrown away, each step with nobody else in the database.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";

const PAUSE_MS = 1000; // a deletion seldom comes alone
const RETRY_MS = 30_000;
const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;
// Who deletes again and again must not keep the database from everybody else: at most this share of its time.
const LARGEST_SHARE = 1 / 20;
const SHORTEST_GAP_MS = 5000;

const TABLES = `
  select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'auth')`;
// A segment of the log that isn't needed any more is deleted instead of kept for its next use with what is in it. Two
// checkpoints: the second one no longer needs the segment that the first one wrote into.
const EMPTY_THE_LOG = ["set wal_recycle = off", "checkpoint", "select pg_switch_wal()", "checkpoint"];

/** Requests pass it one by one or together; `alone` waits until none is inside, and holds back those that come. */
export class Gate {
  #inside = 0;
  #closed = null;
  #onEmpty = null;

  async pass(work) {
    while (this.#closed) await this.#closed;
    this.#inside += 1;
    try {
      return await work();
    } finally {
      this.#inside -= 1;
      if (this.#inside === 0) this.#onEmpty?.();
    }
  }

  async alone(work) {
    while (this.#closed) await this.#closed;
    let open;
    this.#closed = new Promise((resolve) => (open = resolve));
    try {
      if (this.#inside > 0) await new Promise((resolve) => (this.#onEmpty = resolve));
      return await work();
    } finally {
      this.#onEmpty = this.#closed = null;
      open();
    }
  }
}

/** Does this request delete something? The names of our SQL functions that do begin with `delete_` or `forget_`. */
export function deletes(method, url) {
  return url.startsWith("/rest/v1/") && (method === "DELETE" || /^\/rest\/v1\/rpc\/(delete|forget)_/.test(url));
}

/**
 * `run` executes a statement and gives its rows; `mailFolder` holds a file per address, which goes with its account.
 * `pendingFile` is there while something is to be erased; beside it stands when everything was erased last.
 */
export class Erasure {
  #run;
  #gate;
  #mailFolder;
  #mailName;
  #pendingFile;
  #lastFile;
  #underWay = 0;
  #timer = null;
  #notBefore = 0;

  constructor({ run, gate, mailFolder, mailName, pendingFile }) {
    this.#run = run;
    this.#gate = gate;
    this.#mailFolder = mailFolder;
    this.#mailName = mailName;
    this.#pendingFile = pendingFile;
    this.#lastFile = path.join(path.dirname(pendingFile), "erasure-last");
  }

  /** Goes on with what an earlier process left, and erases once a day: values that were changed leave traces, too. */
  start() {
    // The day begins with the folder, however often and for however short it is served.
    if (!existsSync(this.#lastFile)) this.#note(Date.now());
    if (existsSync(this.#pendingFile) || this.#isDue()) this.#soon(PAUSE_MS);
    const look = () => {
      if (this.#isDue()) this.#soon(PAUSE_MS);
    };
    setInterval(look, HOUR_MS).unref();
  }

  /** Around a request that deletes. Its answer `[]` says that there was nothing to delete. */
  async after(request, answer) {
    // First, so that a process that is killed in between finds it when it starts again.
    writeFileSync(this.#pendingFile, "", { mode: 0o600 });
    this.#underWay += 1;
    let isGone = true;
    try {
      await request();
      isGone = (await answer()).trim() !== "[]";
    } finally {
      this.#underWay -= 1;
      if (isGone) this.#soon(PAUSE_MS);
      else if (this.#underWay === 0 && !this.#timer) this.#done();
    }
  }

  #soon(least_ms) {
    if (this.#timer) return;
    this.#timer = setTimeout(() => this.#erase(), Math.max(least_ms, this.#notBefore - Date.now()));
    this.#timer.unref();
  }

  async #erase() {
    const began = Date.now();
    try {
      // One by one: a request waits for one table at the most.
      for (const { name } of await this.#alone(TABLES)) await this.#alone(`vacuum (full) ${name}`);
      for (const statement of EMPTY_THE_LOG) await this.#alone(statement);
      await this.#forgetMail();
      this.#note(began);
      const took_ms = Date.now() - began;
      this.#notBefore = Date.now() + Math.max(SHORTEST_GAP_MS, took_ms / LARGEST_SHARE);
      this.#timer = null;
      if (this.#deletedSince(began)) this.#soon(PAUSE_MS);
      else this.#done();
      console.log(`deleted rows erased from the disk in ${took_ms} ms`);
    } catch (error) {
      console.error(`deleted rows are still on the disk, trying again: ${error.message}`);
      this.#timer = null;
      this.#soon(RETRY_MS);
    }
  }

  #alone(statement) {
    return this.#gate.alone(() => this.#run(statement));
  }

  #deletedSince(moment) {
    return this.#underWay > 0 || statSync(this.#pendingFile, { throwIfNoEntry: false })?.mtimeMs >= moment;
  }

  /** Also where it can't be read, or the clock was set back since. */
  #isDue() {
    let last;
    try {
      last = Number(readFileSync(this.#lastFile, "utf8"));
    } catch {
      return true;
    }
    const age_ms = Date.now() - last;
    return !(age_ms >= 0 && age_ms < DAY_MS);
  }

  #note(time_ms) {
    try {
      writeFileSync(this.#lastFile, String(time_ms), { mode: 0o600 });
    } catch (error) {
      console.error(`when everything was erased last can't be noted: ${error.message}`);
    }
  }

  #done() {
    rmSync(this.#pendingFile, { force: true });
  }

  async #forgetMail() {
    if (!existsSync(this.#mailFolder)) return;
    const rows = await this.#alone("select email from auth.users where email is not null");
    const kept = new Set(rows.map(({ email }) => this.#mailName(email)));
    for (const name of await readdir(this.#mailFolder)) {
      if (!kept.has(name)) await rm(path.join(this.#mailFolder, name), { force: true });
    }
  }
}
