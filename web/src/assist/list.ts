/** The list of what may come: open while one types, taken from only by who has moved into it. */
import {
  acceptCompletion,
  autocompletion,
  type CompletionSource,
  closeCompletion,
  completionStatus,
  moveCompletionSelection,
  startCompletion,
} from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { type Command, keymap } from "@codemirror/view";
import { bind } from "../editor/keys";
import { LIST } from "../shared/keys";

/** Escape closes the list; where none is to be seen, the key goes on. */
export const close: Command = (view) => {
  const isOpen = completionStatus(view.state) === "active";
  closeCompletion(view);
  return isOpen;
};

export const open: Command = startCompletion;

const KEYS = [
  ...bind(LIST.next, { run: moveCompletionSelection(true) }),
  ...bind(LIST.previous, { run: moveCompletionSelection(false) }),
  ...bind(LIST.nextPage, { run: moveCompletionSelection(true, "page") }),
  ...bind(LIST.previousPage, { run: moveCompletionSelection(false, "page") }),
  ...bind(LIST.take, { run: acceptCompletion }),
  ...bind(LIST.close, { run: close }),
];

/** So many items at a time need no scrolling, on a phone neither. */
const SHOWN = 8;

export function list(source: CompletionSource): Extension {
  return [
    autocompletion({
      override: [source],
      selectOnOpen: false,
      defaultKeymap: false,
      icons: false,
      // A key that moves into the list may come at once: nothing is taken by that alone.
      interactionDelay: 0,
      maxRenderedOptions: SHOWN,
      positionInfo: beside,
      activateOnTypingDelay: 20, // nothing is asked of a network
    }),
    Prec.highest(keymap.of(KEYS)),
  ];
}

type Box = Pick<DOMRect, "left" | "right" | "top" | "bottom">;

/** Where what is told of an item stands: beside the list, or where there is no room, not over it. */
export function beside(_view: unknown, list: Box, item: Box, info: Box, space: Box) {
  const width = info.right - info.left;
  const height = info.bottom - info.top;
  const top = Math.max(space.top, Math.min(item.top, space.bottom - height)) - list.top;
  if (space.right - list.right >= width) return { style: `top: ${top}px; left: 100%` };
  if (list.left - space.left >= width) return { style: `top: ${top}px; right: 100%` };
  const left = Math.max(space.left, Math.min(list.left, space.right - width)) - list.left;
  const isBelow = space.bottom - list.bottom >= Math.min(height, list.top - space.top);
  return { style: `${isBelow ? "top" : "bottom"}: 100%; left: ${left}px` };
}
