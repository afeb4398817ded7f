/** The learner's function, drawn when they ask for it: each time in a Python that has done nothing yet. */
import {
  type Chart,
  type Explored,
  type ExploreFile,
  explore,
  readCharts,
} from "../driver/explore";
import type { ExploreOptions, Explorer } from "../page/your-function";
import { Panel } from "./panel";
import { EXPLORE } from "./words";

/** `explore.json` as the page goes on with it. */
interface Opened {
  readonly file: ExploreFile;
  readonly reference: readonly Chart[];
}

/** What was drawn last: of which text, and what is said of it, with the time. */
interface Drawn {
  readonly source: string;
  readonly said: string;
  readonly at: string;
}

export class Drawing implements Explorer {
  readonly #panel: Panel;
  #opened: Promise<Opened> | null = null;
  #stopping: AbortController | null = null;
  #drawn: Drawn | null = null;

  constructor(private readonly options: ExploreOptions) {
    const events = { draw: () => void this.#draw(), end: () => this.stop() };
    this.#panel = new Panel(options.region, events);
    void this.#showReference();
  }

  stop(): void {
    this.#stopping?.abort();
  }

  edited(): void {
    if (this.#drawn === null || this.#stopping !== null) return;
    const { source, said, at } = this.#drawn;
    const isSame = source === this.options.editor.text();
    this.#panel.setStatus(isSame ? said : EXPLORE.differs(at));
  }

  /** Before anything is drawn the reference alone is to be seen; what is to come is said once. */
  async #showReference(): Promise<void> {
    try {
      const { reference } = await this.#open();
      if (this.#drawn !== null || this.#stopping !== null) return;
      this.#panel.setStatus(reference.length > 0 ? EXPLORE.over : EXPLORE.first);
      if (reference.length > 0) this.#panel.show([], reference);
    } catch (cause) {
      this.#panel.say(this.options.explain(cause));
    }
  }

  #open(): Promise<Opened> {
    this.#opened ??= this.options.file().then(opened);
    this.#opened.catch(() => {
      this.#opened = null; // whoever draws, tries again
    });
    return this.#opened;
  }

  async #draw(): Promise<void> {
    if (this.#stopping !== null) return;
    const { editor, onBusy } = this.options;
    const stopping = new AbortController();
    const source = editor.text();
    this.#stopping = stopping;
    onBusy(true);
    this.#panel.setDrawing(true);
    this.#panel.setStatus(EXPLORE.drawing);
    this.#panel.say("");
    const [explored, reference] = await this.#explored(source, stopping.signal);
    this.#stopping = null;
    const at = new Date().toLocaleTimeString("en-GB");
    this.#drawn = "charts" in explored ? { source, said: whatWasDrawn(explored)(at), at } : null;
    this.#panel.setStatus("");
    this.#panel.setDrawing(false);
    onBusy(false);
    this.#show(explored, reference, source);
    this.edited();
  }

  async #explored(source: string, stop: AbortSignal): Promise<[Explored, readonly Chart[]]> {
    const { exercise, open } = this.options;
    const python = open();
    python.start(); // while the file is on its way
    try {
      const { file, reference } = await this.#open();
      const ask = (question: Parameters<typeof python.ask>[0]) => python.ask(question, stop);
      return [await explore(exercise, file, source, ask), reference];
    } catch (cause) {
      return [{ kind: "unavailable", cause }, []];
    } finally {
      python.end();
    }
  }

  #show(explored: Explored, reference: readonly Chart[], source: string): void {
    const error = explored.kind === "raised" ? explored.error : null;
    this.#panel.say(this.#message(explored), error);
    this.#panel.show("charts" in explored ? explored.charts : [], reference);
    const line = explored.kind === "late" ? explored.line : (error?.line ?? null);
    const { editor } = this.options;
    if (line === null || editor.text() !== source) return;
    editor.watch();
    editor.mark(error ?? { line, column: null, end_line: null, end_column: null });
  }

  #message(explored: Explored): string {
    switch (explored.kind) {
      case "drawn":
        return "";
      case "raised":
      case "invalid":
        return explored.message;
      case "misshapen":
        return EXPLORE.misshapen(explored.message);
      case "late":
        return EXPLORE.late(this.options.exercise.limits.runSeconds, explored.line);
      case "unavailable":
        return this.options.explain(explored.cause);
      default:
        return EXPLORE[explored.kind];
    }
  }
}

/** What is said of a drawing that may have come to its end before anything, or all, was drawn. */
function whatWasDrawn({ kind, charts }: Extract<Explored, { readonly charts: unknown }>) {
  if (kind === "drawn") return EXPLORE.drawn;
  return charts.length > 0 ? EXPLORE.drawnInPart : EXPLORE.notDrawn;
}

function opened(bytes: ArrayBuffer): Opened {
  const file = JSON.parse(new TextDecoder().decode(bytes)) as ExploreFile;
  const reference = file.reference === null ? [] : readCharts(file.reference, file.bounds);
  return { file, reference: reference ?? [] };
}
