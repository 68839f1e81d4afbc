// Builds what the browser loads: one script, one stylesheet, two fonts and one icon sprite, into static/built/.
// Run from anywhere after `npm ci`: node src/klantbeeld/platform/ui/build.mjs
import { copyFile, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.resolve(here, "../../../../node_modules");
const built = path.join(here, "static/built");

async function bundle() {
  await build({
    entryPoints: [path.join(here, "static_src/main.js"), path.join(here, "static_src/main.css")],
    outdir: built,
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome123", "firefox128", "safari17.5"],
    loader: { ".woff2": "file" },
    assetNames: "[name]",
    legalComments: "none",
    logLevel: "warning",
  });
}

async function symbol(name) {
  const file = path.join(modules, "@tabler/icons/icons/outline", `${name}.svg`);
  const svg = await readFile(file, "utf8").catch(() => {
    throw new Error(`icons.txt names "${name}", which is not an outline icon of @tabler/icons`);
  });
  const paths = svg.match(/<path[^>]*>/g).filter((shape) => !shape.includes('stroke="none"'));
  return `<symbol id="${name}" viewBox="0 0 24 24">${paths.map((shape) => shape.replace(/\s+/g, " ")).join("")}</symbol>`;
}

async function sprite() {
  const names = (await readFile(path.join(here, "icons.txt"), "utf8")).split("\n").filter(Boolean);
  const symbols = await Promise.all(names.map(symbol));
  const notice = "<!-- Tabler Icons, MIT licence, Copyright (c) 2020-2026 Paweł Kuna -->";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">${notice}${symbols.join("")}</svg>\n`;
  await writeFile(path.join(built, "icons.svg"), svg);
}

async function sizes(...names) {
  for (const name of names) {
    const file = path.join(built, name);
    const bytes = (await stat(file)).size;
    const gzipped = gzipSync(await readFile(file)).length;
    console.log(`${name.padEnd(36)} ${(bytes / 1024).toFixed(1).padStart(7)} kB ${(gzipped / 1024).toFixed(1).padStart(7)} kB gzipped`);
  }
}

await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });
await Promise.all([bundle(), sprite()]);
await copyFile(path.join(modules, "@fontsource-variable/inter/LICENSE"), path.join(built, "inter-LICENSE.txt"));
await sizes("main.js", "main.css", "icons.svg", "inter-latin-wght-normal.woff2", "inter-latin-ext-wght-normal.woff2");
