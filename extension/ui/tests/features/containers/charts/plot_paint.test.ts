import "../../../window.ts";
import type uPlot from "uplot";
import type { Mark } from "../../../../src/features/containers/charts/data/marks.ts";
import { type Paint, paintAbove, paintBelow } from "../../../../src/features/containers/charts/plot_paint.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";

const COLORS = {
  hatch: "hatch",
  limit: "limit",
  panel: "panel",
  tones: { bad: "bad", deploy: "deploy", plain: "plain" },
};

/** A chart of 100 s on 100 px, and what is painted on it. */
function canvas() {
  const texts: string[] = [];
  const strokes: string[] = [];
  const context = new Proxy({ strokeStyle: "" }, {
    get: (target, name) => {
      if (name === "fillText") return (text: string) => texts.push(text);
      if (name === "stroke") return () => strokes.push(target.strokeStyle);
      if (name === "measureText") return () => ({ width: 30 });
      return name in target ? Reflect.get(target, name) : () => {};
    },
  });
  const plot = {
    ctx: context,
    bbox: { left: 0, top: 0, width: 100, height: 50 },
    valToPos: (value: number, scale: string) => scale === "x" ? value : 50 - value,
  };
  return { plot: plot as unknown as uPlot, texts, strokes };
}

const mark = (time: number, label: string, tone: Mark["tone"] = "plain"): Mark => ({
  id: time,
  time,
  label,
  tone,
  text: "",
});

const paint = (changes: Partial<Paint>): Paint => ({
  gaps: [],
  marks: [],
  limit: undefined,
  limitText: "limit 1 MiB",
  colors: COLORS,
  ...changes,
});

Deno.test("labels of marks do not overlap: the newest remains", () => {
  const { plot, texts } = canvas();
  paintAbove(plot, paint({ marks: [mark(10, "start"), mark(12, "restart"), mark(60, "deploy")] }));
  assertEquals(texts, ["deploy", "restart"]);
});

Deno.test("a failure has its label before newer marks", () => {
  const { plot, texts } = canvas();
  paintAbove(plot, paint({ marks: [mark(10, "out of memory", "bad"), mark(11, "exit 137")] }));
  assertEquals(texts, ["out of memory"]);
});

Deno.test("marks outside the chart have no label", () => {
  const { plot, texts } = canvas();
  paintAbove(plot, paint({ marks: [mark(-1, "start"), mark(101, "exit")] }));
  assertEquals(texts, []);
});

Deno.test("paints the limit only when it is shown", () => {
  const [shown, hidden] = [canvas(), canvas()];
  paintAbove(shown.plot, paint({ limit: 20 }));
  paintAbove(hidden.plot, paint({}));
  assertEquals([shown.texts, shown.strokes, hidden.texts], [["limit 1 MiB"], ["limit"], []]);
});

Deno.test("hatches gaps that are wide enough to see, and draws a line per mark", () => {
  const { plot, strokes } = canvas();
  paintBelow(plot, paint({ gaps: [[10, 20], [30, 31]], marks: [mark(50, "deploy", "deploy")] }));
  assertEquals(strokes, ["hatch", "deploy"]);
});
