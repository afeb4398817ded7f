/** Styles that a script brings with it, as their text. */
declare module "*.css" {
  const text: string;
  export default text;
}
