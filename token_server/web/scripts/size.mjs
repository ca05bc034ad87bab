// Prints the gzip size of what each page makes the browser load, from Vite's manifest; fails over the first page's budget.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const FIRST_PAGE_JS_BUDGET_KB = 350;
const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const manifest = JSON.parse(readFileSync(join(dist, ".vite", "manifest.json"), "utf8"));
const gzipKb = (file) => gzipSync(readFileSync(join(dist, file))).length / 1000;

function filesOf(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(key)) return new Set();
  seen.add(key);
  const files = new Set([chunk.file, ...(chunk.css ?? [])]);
  for (const imported of chunk.imports ?? []) for (const file of filesOf(imported, seen)) files.add(file);
  return files;
}

function report(name, files) {
  const sum = (ending) => [...files].filter((f) => f.endsWith(ending)).reduce((total, f) => total + gzipKb(f), 0);
  console.log(`${name.padEnd(34)} js ${sum(".js").toFixed(1).padStart(7)} kB   css ${sum(".css").toFixed(1).padStart(6)} kB`);
  return sum(".js");
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const first = filesOf(entry);
const firstJsKb = report("every page (entry)", first);
const pages = Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry);
for (const page of pages) report(`+ ${page}`, new Set([...filesOf(page)].filter((file) => !first.has(file))));

const landing = pages.find((page) => page.includes("landing"));
const landingJsKb = landing
  ? report("first visit (entry + landing)", new Set([...first, ...filesOf(landing)]))
  : firstJsKb;
if (landingJsKb > FIRST_PAGE_JS_BUDGET_KB) {
  console.error(`The first page's JavaScript is over its budget of ${FIRST_PAGE_JS_BUDGET_KB} kB gzip.`);
  process.exit(1);
}
