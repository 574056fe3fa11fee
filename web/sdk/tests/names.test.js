import assert from "node:assert/strict";
import { test } from "node:test";
import { method, NAMES } from "../src/names";

test("a move is a method", () => {
  assert.equal(method("Product Viewed"), "productViewed");
  assert.equal(method("Product Added to Wishlist"), "productAddedToWishlist");
  assert.equal(new Set(NAMES.map(method)).size, NAMES.length);
});
