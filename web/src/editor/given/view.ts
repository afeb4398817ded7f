/** What the editor's script gives of this package to the script of assistance. */
export {
  Decoration,
  Direction,
  EditorView,
  getDialog,
  getPanel,
  getTooltip,
  keymap,
  logException,
  runScopeHandlers,
  showDialog,
  showPanel,
  showTooltip,
  tooltips,
  ViewPlugin,
  WidgetType,
} from "@codemirror/view";
