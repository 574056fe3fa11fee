// What a shop's own script does, and calls made before the SDK is there.
(window.masarat = window.masarat || []).push(["productViewed", { product_id: "k1", name: "قهوة هررية", price: 80, currency: "SAR" }]);

addEventListener("DOMContentLoaded", () => {
  const at = (id, name, act) => document.getElementById(id).addEventListener(name, act);
  at("alive", "click", () => (document.getElementById("said").textContent += "نعم "));
  at("add", "click", () => (document.getElementById("said").textContent += "+ "));
  at("broken", "click", () => {
    document.getElementById("said").textContent = "…";
    throw new Error("تعذّر الدفع لـ canary@example.com");
  });
  at("contact", "submit", (event) => event.preventDefault());
  at("find", "submit", (event) => event.preventDefault());
  at("play", "click", () => document.getElementById("video").play());
});
