import {
  cellNames,
  CONTAINER_COLUMNS,
  HOST_COLUMNS,
  type KeptCurve,
} from "../../server/protocol/past/history.ts";
import { csvChunks, jsonChunks } from "../../server/routes/history_text.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";

function curve(changes: Partial<KeptCurve> = {}): KeptCurve {
  const columns = cellNames(CONTAINER_COLUMNS);
  return {
    ...{
      kind: "container",
      id: null,
      hostId: "nas",
      key: "nas/web",
      name: "web",
      project: null,
      service: null,
      gaps: [],
    },
    resolutionMs: 1000,
    columns,
    history: [[0, ...columns.slice(1).map((_, index) => index % 2 === 0 ? index : null)]],
    ...changes,
  };
}

Deno.test("unknown values are empty cells", () => {
  const [, line] = [...csvChunks([curve()], new Set(["container"]))];
  assertStringIncludes(line!, "1970-01-01T00:00:00.000Z,nas,nas/web,web,0,,2,,4,,6,");
});

Deno.test("a name is text in a spreadsheet, whatever it contains", () => {
  const [, line] = [...csvChunks([curve({ name: '=1+"2",\n3' })], new Set(["container"]))];
  assertStringIncludes(line!, `,"'=1+""2"",\n3",0,`);
});

Deno.test("hosts and containers share the columns that both have", () => {
  const host = curve({ kind: "host", columns: cellNames(HOST_COLUMNS), name: "nas" });
  const [head, line] = [...csvChunks([host], new Set(["host", "container"]))];
  const place = head!.trim().split(",").indexOf("networkRxBytesPerSecond");
  assertEquals([place, line!.split(",")[place]], [6, "2"]);
});

Deno.test("JSON in parts is one document", () => {
  const text = [...jsonChunks([curve(), curve()], { sinceMs: 0, untilMs: 1000 })].join("");
  const { since, until, series } = JSON.parse(text);
  assertEquals([since, until, series.length], ["1970-01-01T00:00:00.000Z", "1970-01-01T00:00:01.000Z", 2]);
});
