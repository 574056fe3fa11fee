import assert from "node:assert/strict";
import { test } from "node:test";

test("the package can be imported where there is no browser, as servers that render pages do", async () => {
  assert.equal(typeof globalThis.window, "undefined");
  const { init } = await import("../src/index");
  assert.equal(typeof init, "function");
});
