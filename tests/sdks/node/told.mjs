// What the test tells: where the door is, and what to say there.
export const { HOST, KEY, ORDER, ORDER_AT, ORDER_ID, PURCHASE } = JSON.parse(process.argv[2]);
