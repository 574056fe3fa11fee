/// <reference types="vite/client" />
declare module "@words/*?raw" {
  const text: string;
  export default text;
}
