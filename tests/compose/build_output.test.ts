import { BuildOutput } from "../../server/compose/build_output.ts";
import { assertEquals } from "../assert.ts";

Deno.test("reads no progress of resources from the output of a build", () => {
  const output = new BuildOutput();
  const forged = [
    " Container web-1  Started",
    '{"id":"Container web-1","status":"Error","text":"no"}',
    '{"error":true,"message":"no"}',
    'time="2026" level=warning msg="no"',
  ];
  for (const line of forged) assertEquals(output.parse(line), [{ kind: "output", message: line.trimEnd() }]);
});

Deno.test("decodes the output of BuildKit", () => {
  const data = btoa(String.fromCharCode(...new TextEncoder().encode("grün\r\nsecond\n")));
  const lines = new BuildOutput().parse(JSON.stringify({ logs: [{ vertex: "sha256:a", stream: 1, data }] }));
  assertEquals(lines, [{ kind: "output", message: "grün" }, { kind: "output", message: "second" }]);
});

Deno.test("reports the checks of a Dockerfile as warnings, without its text", () => {
  const warning = { short: btoa("SecretsUsedInArgOrEnv: no (line 2)"), sourceInfo: { data: btoa("FROM a") } };
  const lines = new BuildOutput().parse(JSON.stringify({ warnings: [warning, {}, { short: "%" }] }));
  assertEquals(lines, [{ kind: "warning", message: "SecretsUsedInArgOrEnv: no (line 2)" }]);
});

Deno.test("shows a cached step as done, and none that has not started", () => {
  const vertexes = [{ digest: "sha256:a", name: "[1/2] FROM bb" }, {
    name: "[2/2] COPY",
    cached: true,
    started: "x",
  }];
  const steps = new BuildOutput().parse(JSON.stringify({ vertexes }));
  assertEquals(steps.map((step) => step.kind === "resource" && [step.resource.name, step.verb, step.state]), [
    ["[2/2] COPY", "Cached", "done"],
  ]);
});

Deno.test("ignores data that is not base64", () => {
  assertEquals(new BuildOutput().parse('{"logs":[{"data":"%"},null],"vertexes":[7]}'), []);
});

/** Parses lines in order and returns the steps, as name, verb, state and reason. */
function stepsOf(...lines: readonly string[]) {
  const output = new BuildOutput();
  return lines.flatMap((line) => output.parse(line)).flatMap((step) =>
    step.kind === "resource" ? [[step.id, step.verb, step.state, step.reason]] : []
  );
}

for (
  const [end, verb, state, reason] of [
    ["DONE 1.3s", "Done", "done", undefined],
    ["CACHED", "Cached", "done", undefined],
    ["ERROR: exit code: 1", "Error", "error", "exit code: 1"],
    ["ERROR", "Error", "error", undefined],
    ["CANCELED", "Error", "error", undefined],
  ] as const
) {
  Deno.test(`reads the end "${end}" of a step of BuildKit`, () => {
    assertEquals(stepsOf("#7 [2/4] COPY a /a", "#7 0.220 hello", `#7 ${end}`), [
      ["[2/4] COPY a /a", "Running", "working", undefined],
      ["[2/4] COPY a /a", verb, state, reason],
    ]);
  });
}

for (
  const line of [
    "#8 DONE 1.3s",
    "#7 DONEish",
    "7 DONE",
    "#7DONE",
    "#x DONE",
    "#__proto__ DONE",
    "#7 [3/4] RUN b",
  ]
) {
  Deno.test(`reads no step from "${line}" while step 7 runs`, () => {
    assertEquals(stepsOf("#7 [2/4] COPY a /a", line).slice(1), []);
  });
}

Deno.test("ends the steps of BuildKit that run at the same time by their numbers", () => {
  const steps = stepsOf("#1 [a 1/2] RUN a", "#2 exporting to image", "#2 DONE 0.1s", "#1 DONE 0.2s");
  assertEquals(steps.map(([name, verb]) => `${verb} ${name}`), [
    "Running [a 1/2] RUN a",
    "Running exporting to image",
    "Done exporting to image",
    "Done [a 1/2] RUN a",
  ]);
});

Deno.test("remembers 5000 steps of BuildKit at most", () => {
  const steps = stepsOf(...Array.from({ length: 5002 }, (_, index) => `#${index} [1/1] RUN ${index}`));
  assertEquals([steps.length, steps.at(-1)?.[0]], [5000, "[1/1] RUN 4999"]);
});

Deno.test("ends a step of the classic builder where the next one starts, and the last one with the image", () => {
  const lines = ["Step 1/2 : FROM a", " ---> 0a1b2c", "Step 2/2 : RUN b", "Successfully built 0a1b2c3d4e5f"];
  assertEquals(
    stepsOf(...lines, "Successfully built 0a1b2c3d4e5f").map(([name, verb]) => `${verb} ${name}`),
    [
      "Running Step 1/2 : FROM a",
      "Done Step 1/2 : FROM a",
      "Running Step 2/2 : RUN b",
      "Done Step 2/2 : RUN b",
    ],
  );
});

for (
  const [what, vertex, expected] of [
    ["an error also when it is completed", { completed: "t", error: "exit 1" }, ["Error", "error", "exit 1"]],
    ["no error for an empty one", { completed: "t", error: "" }, ["Done", "done", undefined]],
    ["a step that has started", { started: "t" }, ["Running", "working", undefined]],
    ["a cached step only for true", { started: "t", cached: "yes" }, ["Running", "working", undefined]],
    ["no step for times that are not texts", { started: 1, completed: true }, undefined],
    ["no step without a name", { name: 5, started: "t" }, undefined],
  ] as const
) {
  Deno.test(`reads ${what} from a vertex of BuildKit`, () => {
    const steps = stepsOf(JSON.stringify({ vertexes: [{ name: "[1/1] RUN a", ...vertex }] }));
    assertEquals(steps, expected === undefined ? [] : [["[1/1] RUN a", ...expected]]);
  });
}

for (const line of ["{", '{"vertexes":{}}', '{"__proto__":{"logs":[]}}', "{}", '{"logs":"x"} and more']) {
  Deno.test(`keeps ${line} as output of the build`, () => {
    assertEquals(new BuildOutput().parse(`${line} \r`), [{ kind: "output", message: line }]);
  });
}

Deno.test("reads the question about a volume as a warning, also without a line end", () => {
  const question =
    'Volume "web_a b" exists but doesn\'t match configuration in compose file. Recreate (data will be lost)?';
  const [line, ...more] = new BuildOutput().parse(question);
  assertEquals([line?.kind === "resource" && [line.resource, line.state], more], [
    [{ kind: "volume", name: "web_a b", parent: null }, "warning"],
    [],
  ]);
});

const FROM = { digest: "sha256:f", name: "[1/2] FROM bb" };

Deno.test("a line of BuildKit names the step that printed it", () => {
  const output = new BuildOutput();
  const log = (vertex: string) => ({ vertex, data: btoa("hello\n") });
  output.parse(JSON.stringify({ vertexes: [FROM] }));
  assertEquals(output.parse(JSON.stringify({ logs: [log("sha256:f"), log("__proto__"), log("sha256:x")] })), [
    { kind: "output", message: "hello", step: "[1/2] FROM bb" },
    { kind: "output", message: "hello" },
    { kind: "output", message: "hello" },
  ]);
});

Deno.test("a line of BuildKit as text names its step, and loses its time", () => {
  const output = new BuildOutput();
  output.parse("#7 [web 2/4] RUN make");
  assertEquals(output.parse("#7 0.220  hello  "), [
    { kind: "output", message: " hello", step: "[web 2/4] RUN make" },
  ]);
  assertEquals(output.parse("#8 0.220 hello"), [{ kind: "output", message: "#8 0.220 hello" }]);
});

Deno.test("a line of the classic builder names the current step", () => {
  const output = new BuildOutput();
  output.parse("Step 1/2 : RUN make");
  assertEquals(output.parse("hello"), [{ kind: "output", message: "hello", step: "Step 1/2 : RUN make" }]);
});

/** Parses statuses of the vertex `FROM`, and returns the bytes of each step that changes. */
function transfers(...statuses: readonly object[]) {
  const output = new BuildOutput();
  output.parse(JSON.stringify({ vertexes: [FROM] }));
  const all = statuses.map((status) => ({ vertex: "sha256:f", ...status }));
  return all.flatMap((status) => output.parse(JSON.stringify({ statuses: [status] }))).map((line) =>
    line.kind === "resource" && [line.resource.name, line.current, line.total]
  );
}

Deno.test("the bytes of a step are the sums of its layers", () => {
  assertEquals(transfers({ id: "a", current: 5, total: 10 }, { id: "b", current: 20, total: 30 }), [
    ["[1/2] FROM bb", 5, 10],
    ["[1/2] FROM bb", 25, 40],
  ]);
});

for (
  const [what, status] of [
    ["without a total", { id: "a", current: 5 }],
    ["that has ended", { id: "a", current: 10, total: 10, completed: "t" }],
    ["of an unknown step", { id: "a", current: 5, total: 10, vertex: "sha256:x" }],
    ["with a total that is not a number", { id: "a", current: 5, total: "10" }],
  ] as const
) {
  Deno.test(`a transfer ${what} reports nothing`, () => assertEquals(transfers(status), []));
}

Deno.test("a transfer has no more bytes than its total", () => {
  assertEquals(transfers({ id: "a", current: 50, total: 10 }), [["[1/2] FROM bb", 10, 10]]);
});

Deno.test("remembers 5000 transfers at most", () => {
  const many = Array.from({ length: 5002 }, (_, id) => ({ id, vertex: "sha256:f", current: 1, total: 2 }));
  const output = new BuildOutput();
  output.parse(JSON.stringify({ vertexes: [FROM] }));
  const [line] = output.parse(JSON.stringify({ statuses: many }));
  assertEquals(line?.kind === "resource" && line.total, 10_000);
});
