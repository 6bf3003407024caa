/** Saves the charts of a page as one picture. */
import { download } from "../../../lib/browser/download.ts";

/** Colors of the picture. */
export interface PictureColors {
  readonly background: string;
  readonly text: string;
}

/** Space around the charts, and height of a chart's heading, px. */
const [MARGIN_PX, HEADING_PX] = [16, 44];

/**
 * Draws the charts below an element, with their headings, and saves the picture.
 *
 * @param title Heading of the picture.
 */
export async function saveCharts(
  grid: HTMLElement,
  title: string,
  fileName: string,
  colors: PictureColors,
): Promise<void> {
  const picture = draw(grid, title, colors);
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, "image/png"));
  if (blob !== null) download(fileName, new Uint8Array(await blob.arrayBuffer()));
}

function draw(grid: HTMLElement, title: string, { background, text }: PictureColors): HTMLCanvasElement {
  const scale = globalThis.devicePixelRatio || 1;
  const all = grid.getBoundingClientRect();
  const picture = document.createElement("canvas");
  picture.width = (all.width + 2 * MARGIN_PX) * scale;
  picture.height = (all.height + 2 * MARGIN_PX + HEADING_PX) * scale;
  const context = picture.getContext("2d")!;
  context.scale(scale, scale);
  context.fillStyle = background;
  context.fillRect(0, 0, picture.width, picture.height);
  context.fillStyle = text;
  write(context, title, 16, MARGIN_PX, MARGIN_PX + 16);
  for (const section of grid.querySelectorAll("section")) {
    const place = section.getBoundingClientRect();
    const [left, top] = [place.left - all.left + MARGIN_PX, place.top - all.top + MARGIN_PX + HEADING_PX];
    const [heading = "", values = ""] = [...section.children].map((part) => (part as HTMLElement).innerText);
    write(context, heading.replaceAll("\n", "  "), 12, left, top + 16);
    write(context, values.replaceAll("\n", "  "), 12, left, top + 36);
    const canvas = section.querySelector("canvas");
    if (canvas === null) continue;
    const chart = canvas.getBoundingClientRect();
    context.drawImage(canvas, left, top + chart.top - place.top, chart.width, chart.height);
  }
  return picture;
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  size: number,
  left: number,
  top: number,
): void {
  context.font = `${size}px Inter, system-ui, sans-serif`;
  context.fillText(text, left, top);
}
