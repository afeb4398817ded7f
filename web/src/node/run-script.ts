/** Run a classic script's text in the global scope, as a browser's worker would. */
export function runScript(text: string): void {
  // biome-ignore lint/security/noGlobalEval: the text is pyodide.asm.js, held to its hash
  // biome-ignore lint/complexity/noCommaOperator: called by another name, eval knows no scope but the global one
  (0, eval)(text);
}
