import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const project = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

// Built into the Python package, which serves it; no part of it is loaded from elsewhere.
export default defineConfig({
  plugins: [react()],
  base: "/",
  resolve: { alias: { "@words": `${project}/masarat/words` } },
  build: {
    outDir: `${project}/masarat/show/app`,
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    manifest: true,
    chunkSizeWarningLimit: 700,
    // What the first page needs comes as one part, and so does what many others share: a phone waits for each.
    rolldownOptions: { output: { codeSplitting: { groups: [
      { name: "first", test: /src\/(main|routes|frame|look|sample|oops|pages\/pulse)\.tsx$/, priority: 2 },
      { name: "shared", minShareCount: 3 },
    ] } } },
  },
  server: { fs: { allow: [project] }, proxy: { "/v1": "http://127.0.0.1:8787" } },
});
