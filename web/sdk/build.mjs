// Builds the script that the server serves into masarat/show/sdk, and the npm package into dist; `node build.mjs DIRECTORY` builds
// only the script, elsewhere.
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const served = process.argv[2] ?? join(here, "../../masarat/show/sdk");
const common = { absWorkingDir: here, bundle: true, minify: true, target: "es2020", charset: "utf8", legalComments: "inline", write: false };
const LICENCE = "/*! Masarat, Apache-2.0 */";

const script = async (entry, more) => {
  const { outputFiles } = await build({ ...common, entryPoints: [entry], banner: { js: LICENCE }, ...more });
  return outputFiles[0].contents;
};

const late = {
  "m.more.js": await script("src/more/index.ts", { format: "esm" }),
  "m.vitals.js": await script("src/more/vitals.ts", {
    format: "esm",
    banner: { js: "/*! Masarat, Apache-2.0; with web-vitals, Copyright Google LLC, Apache-2.0 */" },
  }),
};
const version = Object.values(late).reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex").slice(0, 8);
const core = await script("src/script.ts", { format: "iife", define: { VERSION: JSON.stringify(version) } });

mkdirSync(served, { recursive: true });
for (const [name, content] of Object.entries({ ...late, "m.js": core })) writeFileSync(join(served, name), content);

if (!process.argv[2]) {
  rmSync(join(here, "dist"), { recursive: true, force: true });
  await build({ ...common, minify: false, write: true, format: "esm", splitting: true, entryPoints: ["src/index.ts"], outdir: "dist" });
}
