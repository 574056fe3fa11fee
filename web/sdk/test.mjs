// The unit tests: each is bundled with the TypeScript it tests and run by Node's own runner.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const outdir = mkdtempSync(join(tmpdir(), "masarat-sdk-"));
const names = readdirSync(join(here, "tests"));
await build({
  absWorkingDir: here, bundle: true, platform: "node", format: "esm", outdir, outExtension: { ".js": ".mjs" },
  entryPoints: names.map((name) => `tests/${name}`),
});
const files = names.map((name) => join(outdir, name.replace(/\.js$/, ".mjs")));
const { status } = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" });
rmSync(outdir, { recursive: true });
process.exit(status ?? 1);
