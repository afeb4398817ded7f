/** A file that is dropped on the page: a browser would leave the page for it, or type it unread. */
import { isModal } from "./shortcuts";

/** Opens what is dropped, wherever that is; a dialog that is open comes first. */
export function watchDrops(page: Document, open: (file: File) => void): void {
  const stop = (event: DragEvent): boolean => {
    const hasFiles = event.dataTransfer?.types.includes("Files") ?? false;
    if (!hasFiles) return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  page.addEventListener("dragover", stop, { capture: true });
  page.addEventListener(
    "drop",
    (event) => {
      const file = stop(event) ? event.dataTransfer?.files[0] : undefined;
      if (file && !isModal(page)) open(file);
    },
    { capture: true },
  );
}
