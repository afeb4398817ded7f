/** What the editor's script gives of this package to the script of assistance. */
export { ensureSyntaxTree, indentUnit, syntaxTree } from "@codemirror/language";
