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
