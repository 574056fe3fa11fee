/** The e-commerce moves of Segment's spec. Each becomes a method: "Product Viewed" → `masarat.productViewed(product)`. */
export const NAMES = [
  "Products Searched",
  "Product List Viewed",
  "Product List Filtered",
  "Promotion Viewed",
  "Promotion Clicked",
  "Product Clicked",
  "Product Viewed",
  "Product Added",
  "Product Removed",
  "Cart Viewed",
  "Checkout Started",
  "Checkout Step Viewed",
  "Checkout Step Completed",
  "Payment Info Entered",
  "Order Completed",
  "Order Refunded",
  "Coupon Applied",
  "Product Added to Wishlist",
  "Product Removed from Wishlist",
  "Product Shared",
  "Product Reviewed",
] as const;

type Joined<Text extends string> = Text extends `${infer First} ${infer Rest}`
  ? `${Capitalize<First>}${Joined<Rest>}`
  : Capitalize<Text>;

/** "Product Viewed" → "productViewed" */
export type Method<Name extends string> = Uncapitalize<Joined<Name>>;

export const method = (name: string): string =>
  name[0]!.toLowerCase() + name.slice(1).replace(/ (.)/g, (_, letter: string) => letter.toUpperCase());
