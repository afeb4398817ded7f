/** What each key of the page does, as "Keys" tells it: by the names of `shared/keys.ts`. */
import type { KEYS } from "../shared/keys";

type Told = {
  readonly [Place in keyof typeof KEYS]: {
    readonly title: string;
    readonly does: Readonly<Record<keyof (typeof KEYS)[Place], string>>;
  };
};

export const KEY_WORDS: Told = {
  page: {
    title: "Everywhere",
    does: {
      run: "Runs the tests, unless a dialog is open or you are typing in “Try it”.",
      list: "Shows this list, unless you are typing. “Single-key shortcuts” in Settings switches it off.",
      nextPart:
        "Goes to the next part: problem, buttons, code, what is below the code. After the last one the browser has the key.",
      previousPart: "Goes to the part before.",
    },
  },
  editor: {
    title: "Code editor",
    does: {
      leave: "Leaves the editor. Esc first closes a list that is open.",
      letTab: "Has Tab leave the editor, once or until you press it again.",
      complete: "Shows the names that may come here.",
      explain: "Tells what is marked at the cursor, or of the name or the call there.",
      closeHelp: "Takes away what is told.",
      nextMark: "Goes to the next place that is marked, and tells why.",
      previousMark: "Goes to the marked place before.",
      indent: "Indents: the cursor’s place, or the selected lines.",
      dedent: "Takes an indentation back.",
      indentAgain: "Indents the selected lines anew.",
      comment: "Makes the lines comments, or code again.",
      undo: "Takes the last change back.",
      redo: "Makes it again.",
      undoSelection: "Goes back to where the cursor was.",
      redoSelection: "Goes forth again.",
      moveLine: "Moves the line up or down.",
      copyLine: "Copies the line up or down.",
      deleteLine: "Deletes the line.",
      addCursor: "Adds a cursor above or below.",
      oneCursor: "Leaves one cursor of several.",
      selectLine: "Selects the line.",
      selectAround: "Selects what is around the selection.",
      nextPiece: "Goes over a piece of code: a name, or all of what is in brackets.",
      otherBracket: "Goes to the other bracket of a pair.",
      find: "Finds in the code.",
      replace: "Finds and replaces.",
      findNext: "Goes to the next match.",
      findPrevious: "Goes to the match before.",
      selectNext: "Selects the word; then, with another cursor, where it comes next.",
      selectAlike: "Selects all that is like the selection, with a cursor at each.",
      fold: "Folds the block away.",
      unfold: "Unfolds it.",
      toggleFold: "Folds the block around the cursor, or unfolds it.",
      foldAll: "Folds all blocks.",
      unfoldAll: "Unfolds all.",
      pasteAsItIs: "Pastes code as it is, with the indentation that it has.",
    },
  },
  search: {
    title: "Finding in the code",
    does: {
      next: "The next match; in the box below, replaces this one first.",
      previous: "The match before.",
      close: "Closes the search.",
    },
  },
  list: {
    title: "List of names that may come",
    does: {
      next: "Moves on in the list.",
      previous: "Moves back.",
      nextPage: "Moves on by a page.",
      previousPage: "Moves back by a page.",
      take: "Puts in the name that you have moved to.",
      close: "Closes the list.",
    },
  },
  console: {
    title: "Python console",
    does: {
      enter: "Runs the line, or goes on in the next where the code goes on.",
      enterAll: "Runs all lines.",
      newLine: "Begins another line.",
      earlier: "Brings back what was entered before.",
      later: "Brings back what was entered after that.",
      complete: "Completes the name.",
      leave: "Leaves the console.",
      stop: "Ends what runs, where nothing is selected.",
      dedent: "Takes an indentation back.",
    },
  },
  input: {
    title: "Input of “Try it”",
    does: { goOn: "Hands over the line that the code waits for." },
  },
  steps: {
    title: "Steps",
    does: {
      step: "The next step.",
      stepBack: "The step before.",
      line: "The next line.",
      lineBack: "The line before.",
      turn: "The next turn of a loop.",
      turnBack: "The turn before.",
    },
  },
  menu: {
    title: "Menu “⋯”",
    does: {
      next: "Opens the menu; the next of its buttons.",
      previous: "The button before.",
      first: "The first button.",
      last: "The last button.",
      close: "Closes the menu.",
    },
  },
  tabs: {
    title: "Tabs",
    does: {
      next: "The next tab.",
      previous: "The tab before.",
      first: "The first tab.",
      last: "The last tab.",
    },
  },
  separators: {
    title: "Lines between the parts of a wide window",
    does: {
      less: "Makes the first part smaller.",
      more: "Makes it larger.",
      least: "As small as it gets.",
      most: "As large as it gets.",
      back: "Back to the page’s own choice.",
    },
  },
  dialogs: { title: "Dialogs", does: { close: "Closes the dialog." } },
};
