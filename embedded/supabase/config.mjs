// Configuration of the embedded Supabase. Its command line reads it when there is no config.toml in the same folder.
// It opens the database itself and puts one guard before every route: what 0.10.0 leaves open is closed here.
import { appendFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { logErrorsWithoutContent } from "./error_log.mjs";
import { deletes, Erasure, Gate } from "./erasure.mjs";

const FIVE_MINUTES_MS = 5 * 60 * 1000;
const MAX_BODY_BYTES = 4 * 2 ** 20;
const MAX_COUNTED_KEYS = 5000;

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const limitPerEmail = Number(process.env.LITE_AUTH_PER_EMAIL ?? 10);
// The token server limits each network address to 100. All of them come from it, so a limit as low would let one
// address lock everybody out.
const limitPerRoute = Number(process.env.LITE_AUTH_ALL ?? 2000);
const secrets = ["SUPABASE_SECRET_KEY", "SUPABASE_JWT_SECRET"].map(required);

// The server prints its secret key when it starts. Logs are read by more people than may write everybody's data.
for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream);
  stream.write = (chunk, ...rest) => {
    let text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
    for (const secret of secrets) text = text.replaceAll(secret, "(secret)");
    return write(text, ...rest);
  };
}

// Without a mail service, messages go to files that only the owner of the process reads: they hold reset codes.
const mailFolder = path.resolve("mail");
const mailName = (to) => `${to.toLowerCase().replace(/[^a-z0-9.@_+-]/g, "_").slice(0, 120)}.txt`;
const mailToFile = {
  async send({ to, subject, text }) {
    await mkdir(mailFolder, { recursive: true, mode: 0o700 });
    const message = `${new Date().toISOString()} ${subject}\n${text ?? ""}\n\n`;
    await appendFile(path.join(mailFolder, mailName(to)), message, { mode: 0o600 });
  },
};

const recentTries = new Map();

/** Counts a try, and says whether there were more than `limit` in the last five minutes. */
function isOverLimit(key, limit) {
  const now = Date.now();
  const tries = (recentTries.get(key) ?? []).filter((time) => now - time < FIVE_MINUTES_MS);
  tries.push(now);
  recentTries.set(key, tries);
  if (recentTries.size > MAX_COUNTED_KEYS) {
    for (const [other, times] of recentTries) {
      if (now - times[times.length - 1] > FIVE_MINUTES_MS) recentTries.delete(other);
    }
  }
  return tries.length > limit;
}

async function emailOf(request) {
  try {
    const body = await request.clone().json();
    return String(body.email ?? "").toLowerCase().slice(0, 320);
  } catch {
    return ""; // not JSON: the route itself answers that
  }
}

async function isThrottled(c) {
  if (c.req.method !== "POST" || c.req.query("grant_type") === "refresh_token") return false;
  if (!/^\/auth\/v1\/(token|signup|recover|otp|resend|verify)$/.test(c.req.path)) return false;
  const email = await emailOf(c.req.raw);
  const emailIsOver = email !== "" && isOverLimit(`${c.req.path} ${email}`, limitPerEmail);
  return isOverLimit(c.req.path, limitPerRoute) || emailIsOver;
}

// "2026-01-01 10:00:00.1+00" as Postgres prints it; GoTrue's clients want ISO 8601.
const POSTGRES_TIME = /"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)(?::?(\d\d))?"/g;

async function withIsoTimes(response) {
  const text = await response.text();
  const body = text.replace(POSTGRES_TIME, (_, day, time, hours, minutes) => `"${day}T${time}${hours}:${minutes ?? "00"}"`);
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return new Response(body, { status: response.status, headers });
}

async function guard(c, next) {
  // /_system tells the whole configuration without a key; studio and storage aren't ours
  if (!/^\/(rest|auth)\/v1\//.test(c.req.path)) return c.json({ message: "not found" }, 404);
  if (c.req.header("transfer-encoding")) return c.json({ message: "a length is required" }, 411);
  if (Number(c.req.header("content-length") ?? 0) > MAX_BODY_BYTES) return c.json({ message: "body too large" }, 413);
  if (await isThrottled(c)) {
    const answer = { code: 429, error_code: "over_request_rate_limit", msg: "Request rate limit reached" };
    return c.json(answer, 429, { "Retry-After": "60" });
  }
  const answered = () => gate.pass(next);
  if (deletes(c.req.method, c.req.path)) await erasure.after(answered, () => c.res.clone().text());
  else await answered();
  if (c.req.path.startsWith("/auth/v1/") && c.res.headers.get("content-type")?.includes("json")) {
    c.res = await withIsoTimes(c.res);
  }
}

const packageFolder = required("LITE_PACKAGE_DIR");
const pglite = pathToFileURL(path.join(packageFolder, "dist/db/postgres/pglite/PgliteConnection.js"));
const { createPgliteConnection } = await import(pglite.href);

// Before its first request the server grants every table to everybody and leaves the rest to row-level security.
// Taken back right after: a role keeps SELECT where a policy is for it, as on a hosted project with our migrations.
const NARROW_GRANTS = `
  do $$
  declare
    readable text;
  begin
    revoke all on all tables in schema public from anon, authenticated;
    for readable in select distinct tablename from pg_policies where schemaname = 'public' and cmd = 'SELECT' loop
      execute format('grant select on public.%I to authenticated', readable);
    end loop;
  end $$`;

async function openDatabase() {
  const connection = await createPgliteConnection({ url: "postgres" });
  const { CompiledQuery } = createRequire(path.join(packageFolder, "package.json"))("kysely");
  const ensureRlsContext = connection.ensureRlsContext?.bind(connection);
  if (!ensureRlsContext) throw new Error("this version of @supabase/lite grants tables elsewhere: look where");
  const run = async (statement) => (await connection.kysely.executeQuery(CompiledQuery.raw(statement))).rows;
  async function narrowed() {
    const isActive = await ensureRlsContext();
    if (isActive) await run(NARROW_GRANTS);
    return isActive;
  }
  // One promise for all: a second request must not run between the grants and their narrowing.
  let ready;
  connection.ensureRlsContext = async () => {
    ready ??= narrowed();
    const isActive = await ready;
    if (!isActive) ready = undefined; // no tables yet
    return isActive;
  };
  return { connection, run };
}

const { connection, run } = await openDatabase();
const gate = new Gate();
const erasure = new Erasure({ run, gate, mailFolder, mailName, pendingFile: path.resolve("erasure-pending") });
// The same file configures the migrations, which end by themselves and whose errors are about our SQL.
if (process.argv.includes("start")) {
  logErrorsWithoutContent();
  erasure.start();
}

export default {
  connection,
  api: { port: Number(required("LITE_PORT")), max_rows: 1000 },
  auth: {
    enabled: true,
    site_url: process.env.LITE_SITE_URL ?? "http://127.0.0.1:8000",
    enable_signup: true,
    jwt_secret: required("SUPABASE_JWT_SECRET"),
    jwt_expiry: Number(process.env.LITE_JWT_EXPIRY_SEC ?? 3600),
    minimum_password_length: 8,
    publishable_key: required("SUPABASE_PUBLISHABLE_KEY"),
    secret_key: required("SUPABASE_SECRET_KEY"),
    email: { enable_signup: true, enable_confirmations: false },
  },
  studio: { enabled: false },
  options: {
    drivers: { email: mailToFile },
    server: { admin: false, disableStudio: true, middlewares: [guard] },
  },
};
