import type { ResourceProgress } from "../../../server/compose/progress.ts";
import type { Resource } from "../../../server/compose/resource.ts";
import { ProgressFilter } from "../../../server/stacks/progress/progress_filter.ts";
import { assertEquals } from "../../assert.ts";

/** Creates a line about a resource that is being worked on. */
function line(
  resource: Partial<Resource> & Pick<Resource, "name">,
  changes: Partial<ResourceProgress> = {},
): ResourceProgress {
  return {
    kind: "resource",
    id: resource.name,
    resource: { kind: "layer", parent: "web", ...resource },
    state: "working",
    verb: "Downloading",
    reason: undefined,
    current: undefined,
    total: undefined,
    ...changes,
  };
}

/** Creates a line about the bytes of a layer. */
const layer = (name: string, current: number, total: number, parent: string | null = "web") =>
  line({ name, parent }, { current, total });

/** Returns the reports of lines that every client receives. */
function common(filter: ProgressFilter, ...lines: readonly ResourceProgress[]) {
  return lines.flatMap((line) => filter.take(line)).filter(({ detailOnly }) => !detailOnly);
}

/** Returns the percentages of pulls that every client receives. */
function percents(...lines: readonly ResourceProgress[]) {
  return common(new ProgressFilter(), ...lines).map(({ step }) => step.percent);
}

Deno.test("a pull is the sum of its layers", () => {
  const [first, second] = common(new ProgressFilter(), layer("a", 20, 100), layer("b", 160, 300));
  assertEquals([first!.message, first!.step.current, first!.step.total], ["Pulling web: 20 %", 20, 100]);
  assertEquals([second!.message, second!.step.current, second!.step.total], ["Pulling web: 40 %", 180, 400]);
});

Deno.test("a percentage never goes back when a new layer makes the total larger", () => {
  assertEquals(
    percents(layer("a", 50, 100), layer("b", 0, 900), layer("b", 300, 900), layer("b", 600, 900)),
    [
      50,
      60,
    ],
  );
});

Deno.test("a pull is reported once per ten percent", () => {
  const lines = Array.from({ length: 1001 }, (_, current) => layer("a", current, 1000));
  assertEquals(percents(...lines), [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
});

for (
  const [what, lines, expected] of [
    ["more bytes than its total", [layer("a", 900, 100)], [100]],
    ["more bytes than its total beside another", [layer("a", 900, 100), layer("b", 0, 100)], [100]],
    ["more bytes than its total after another", [layer("b", 0, 100), layer("a", 900, 100)], [50]],
    ["no bytes in total", [layer("a", 5, 0)], []],
    ["bytes and no total", [line({ name: "a" }, { current: 5 })], []],
    ["an end without bytes", [layer("a", 1, 100), line({ name: "a" }, { state: "done" })], [100]],
    ["the largest numbers", [layer("a", Number.MAX_VALUE, Number.MAX_VALUE)], [100]],
    ["a total that comes later", [line({ name: "a" }, { current: 5 }), layer("a", 50, 100)], [50]],
  ] as const
) {
  Deno.test(`the percentages of a layer with ${what} are ${JSON.stringify(expected)}`, () => {
    assertEquals(percents(...lines), [...expected]);
  });
}

Deno.test("two images are counted separately", () => {
  const messages = common(new ProgressFilter(), layer("a", 50, 100, "web"), layer("a", 30, 100, "db"))
    .map(({ message }) => message);
  assertEquals(messages, ["Pulling web: 50 %", "Pulling db: 30 %"]);
});

Deno.test("a pull names its image, once a line has introduced it", () => {
  const image = { kind: "image", name: "web", parent: null } as const;
  const filter = new ProgressFilter();
  assertEquals(common(filter, layer("a", 10, 100)).map(({ step }) => step.resource), [null]);
  filter.take(line(image, { verb: "Pulling" }));
  assertEquals(common(filter, layer("a", 20, 100)).map(({ step }) => step.resource), [image]);
});

Deno.test("names such as __proto__ are counted like others", () => {
  const lines = [layer("__proto__", 50, 100, "constructor"), layer("toString", 50, 100, "constructor")];
  assertEquals(percents(...lines, layer("__proto__", 100, 100, "constructor")), [50, 70]);
});

Deno.test("layers and steps of builds are for clients that ask for every detail", () => {
  for (const kind of ["layer", "step"] as const) {
    const [report] = new ProgressFilter().take(line({ kind, name: "a" }));
    assertEquals([report!.detailOnly, report!.step.resource?.kind], [true, kind]);
  }
});

Deno.test("a layer is reported again at the next ten percent, and when its verb changes", () => {
  const filter = new ProgressFilter();
  const count = (current: number, verb = "Downloading") =>
    filter.take(line({ name: "a" }, { current, total: 100, verb })).filter(({ detailOnly }) => detailOnly)
      .length;
  assertEquals([count(10), count(19), count(20), count(20, "Extracting")], [1, 0, 1, 1]);
});

Deno.test("the same name in another image is another layer", () => {
  const filter = new ProgressFilter();
  const own = (parent: string | null) =>
    filter.take(line({ name: "a", parent })).filter(({ detailOnly }) => detailOnly).length;
  assertEquals([own("web"), own("db"), own(null), own("web")], [1, 1, 1, 0]);
});

Deno.test("an error is reported again only with another reason", () => {
  const filter = new ProgressFilter();
  const messages = (reason: string) =>
    common(filter, line({ kind: "service", name: "web" }, { state: "error", verb: "Error", reason }))
      .map(({ message }) => message);
  assertEquals([messages("refused"), messages("refused"), messages("timeout")], [
    ["web: refused"],
    [],
    ["web: timeout"],
  ]);
});

Deno.test("lines without a resource change nothing", () => {
  const filter = new ProgressFilter();
  for (const kind of ["failure", "warning", "note", "output"] as const) {
    assertEquals(filter.take({ kind, message: "x" }), []);
  }
});
