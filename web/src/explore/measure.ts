/** How wide texts of a chart are, in the font that they have there. */
import type { Measure } from "./labels";

/** About so wide is a letter where a browser does not tell (px). */
const LETTER = 7.5;

/** Asked for once: a chart has hundreds of labels. */
let drawing: { readonly pen: CanvasRenderingContext2D | null; readonly family: string } | undefined;

/** @param weight - As CSS has it: names of axes are bolder than their numbers. */
export function measureAt(weight: 400 | 600): Measure {
  drawing ??= {
    pen: document.createElement("canvas").getContext("2d"),
    family: getComputedStyle(document.documentElement).getPropertyValue("--sans"),
  };
  const { pen, family } = drawing;
  return (text) => {
    if (!pen) return [...text].length * LETTER;
    pen.font = `${weight} 12px ${family}`;
    return pen.measureText(text).width;
  };
}
