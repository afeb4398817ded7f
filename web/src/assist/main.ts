/** Entry of the script that helps with typing, as the editor takes it up after the first key. */
import type { CompletionSource } from "@codemirror/autocomplete";
import { EditorState, Prec } from "@codemirror/state";
import { type Command, keymap, tooltips } from "@codemirror/view";
import { type Acts, bound } from "../editor/keys";
import type { CreateAssistance } from "../page/assistance";
import { handOver } from "../page/late-script";
import { checking } from "./checking";
import { complete } from "./completing";
import { tellHere, tellOfLine } from "./finding-help";
import { foldActs, folding } from "./folding";
import { help } from "./help";
import { Library, type StoredNames } from "./library";
import { list, open } from "./list";
import { searches } from "./search";
import { searchTheme } from "./search-theme";
import { startSearchThread } from "./search-thread";
import { theme } from "./theme";
import { told } from "./told";

const EDGE = 6;
/** How often the names are asked for where they do not come. */
const TRIES = 3;

const create: CreateAssistance = ({ names, checking: options }) => {
  const library = new Fetched(names);
  void library.get();
  const source: CompletionSource = (context) =>
    library.here !== null
      ? complete(context, library.here, told)
      : library.get().then((got) => complete(context, got, told));
  const { extension: helping, ask } = help(() => library.here);
  const explain: Command = (view) => tellHere(view) || ask(view) || tellOfLine(view) || true;
  const { extension: searching, acts: searchActs } = searches(startSearchThread);
  const acts: Acts = { complete: open, explain, ...searchActs, ...foldActs };
  return {
    extension: [
      Prec.highest(keymap.of(bound(acts))),
      list(source),
      helping,
      checking(options),
      searching,
      folding,
      tooltips({ parent: besideThePage(), tooltipSpace: space }),
      theme,
      searchTheme,
      EditorState.phrases.of({ Completions: "What may come here" }),
    ],
    acts,
  };
};

/** Where lists of names stand, which no browser is to translate. */
function besideThePage(): HTMLElement {
  const box = document.createElement("div");
  box.translate = false;
  document.body.append(box);
  return box;
}

/** What tooltips may take of the window. */
function space() {
  const { clientWidth, clientHeight } = document.documentElement;
  return { left: EDGE, top: EDGE, right: clientWidth - EDGE, bottom: clientHeight - EDGE };
}

/** The library's names once they are here; until then, and where they do not come, it is empty. */
class Fetched {
  #tries = 0;
  #coming: Promise<Library> | null = null;
  here: Library | null = null;

  constructor(private readonly names: () => Promise<ArrayBuffer>) {}

  get(): Promise<Library> {
    this.#coming ??= this.names().then(
      (bytes) => {
        this.here = new Library(JSON.parse(new TextDecoder().decode(bytes)) as StoredNames);
        return this.here;
      },
      () => {
        if (++this.#tries < TRIES) this.#coming = null;
        return new Library({ keywords: [], importable: [], modules: {} });
      },
    );
    return this.#coming;
  }
}

handOver("assist", create);
