/** A script of a thread, bundled by itself, as its text. */
declare module "*?script" {
  const text: string;
  export default text;
}
