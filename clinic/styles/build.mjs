// Builds static/css from the Sass sources beside this file: npm run build.
//
// The first line of each sheet carries a digest of everything the sheets are made from. A Python test
// computes it again, so that a forgotten build is found without Node. The digest is the SHA-256 of,
// for each source in the order of its path: path, NUL, text, NUL.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const sheets = ["clinic", "admin"];

// Bootstrap's partials bring more than the site uses; rules that have only such selectors go.
const unused = [
  /form-control-(sm|lg|color|plaintext)/,
  /form-select-(sm|lg)/,
  /\.btn-(sm|check|link)|\.btn-check/,
  /\.form-[^,]*(\[list\]|\[size\]|\[multiple\])|^\[list\]|-moz-focusring|file-selector-button|type="?(file|search|button|reset)/,
  /^(abbr\[title\]|address|sub|sup|pre|pre code|code|a>code|kbd|kbd kbd|samp|mark|\.mark|blockquote|figure|output|iframe|hr|optgroup|progress|\.h[4-6]|h[4-6])$/,
  /visually-hidden-focusable/,
];

function digest() {
  const names = readdirSync(here).filter((name) => /\.(scss|mjs)$/.test(name));
  const sources = [...names.map((name) => join(here, name)), join(root, "package-lock.json")];
  const paths = sources.map((path) => relative(root, path).replaceAll("\\", "/")).sort();
  const hash = createHash("sha256");
  for (const path of paths) hash.update(`${path}\0`).update(readFileSync(join(root, path))).update("\0");
  return hash.digest("hex");
}

// "a, :is(b, c)" is two selectors, not three.
function selectorsOf(list) {
  let depth = 0;
  return [...list].reduce((parts, letter) => {
    depth += (letter === "(") - (letter === ")");
    if (letter === "," && depth === 0) return [...parts, ""];
    return [...parts.slice(0, -1), parts.at(-1) + letter];
  }, [""]);
}

function prune(css) {
  const isUnused = (selector) => unused.some((pattern) => pattern.test(selector));
  return css.replace(/([^{}]+)(\{[^{}]*\})/g, (rule, selectors, body) => {
    if (selectors.startsWith("@")) return rule;
    const kept = selectorsOf(selectors).filter((selector) => !isUnused(selector));
    return kept.length ? kept.join(",") + body : "";
  });
}

function compile(name) {
  const { css } = sass.compile(join(here, `${name}.scss`), {
    style: "compressed",
    charset: false,
    loadPaths: [join(root, "node_modules")],
    quietDeps: true,
    // Bootstrap 5.3 is written with the Sass of its day; our own sources use modules.
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  });
  const used = name === "clinic" ? prune(css) : css; // the staff sheet has no Bootstrap
  return `/*! sources sha256 ${digest()} */\n${used}\n`;
}

let stale = false;
for (const name of sheets) {
  const path = join(root, "static", "css", `${name}.css`);
  const css = compile(name);
  if (process.argv.includes("--check")) {
    stale ||= readFileSync(path, "utf8") !== css;
  } else {
    writeFileSync(path, css);
  }
  console.log(`${name}.css: ${css.length} bytes, ${gzipSync(css, { level: 9 }).length} gzipped`);
}
if (stale) {
  console.error("static/css is not what the sources make: run npm run build");
  process.exit(1);
}
