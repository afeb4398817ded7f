/** What the editor's script gives of this package to the script of assistance. */
export {
  codeFolding,
  ensureSyntaxTree,
  foldAll,
  foldCode,
  foldEffect,
  foldedRanges,
  foldGutter,
  indentUnit,
  syntaxTree,
  toggleFold,
  unfoldAll,
  unfoldCode,
  unfoldEffect,
} from "@codemirror/language";
