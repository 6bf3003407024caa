/** Rendering of the frames of `dockstat logs`. */
import { type LogStyle, renderFrame } from "../../../server/cli/logs/logs.ts";
import { assertEquals, assertStringIncludes } from "../../assert.ts";
import { idOf } from "../../fakes/engine.ts";

const TERMINAL: LogStyle = { format: undefined, terminal: true, colors: true };

Deno.test("on a terminal a container may color its lines but send no other control sequence", () => {
  const frame = { timestamp: "", containerId: idOf("web"), hostId: "nas", stream: "stdout" } as const;
  const shown = renderFrame({ ...frame, message: "\x1b[32mok\x1b[0m\x1b[2J" }, TERMINAL);
  assertEquals(shown, { text: "\x1b[32mok\x1b[0m\n", aside: false });
});

Deno.test("on a terminal a line that was overwritten shows its last state", () => {
  const frame = { timestamp: "", containerId: idOf("web"), hostId: "nas", stream: "stderr" } as const;
  const message = "step 1/2\rstep 2/2\r";
  assertEquals(renderFrame({ ...frame, message }, TERMINAL), { text: "step 2/2\n", aside: true });
  const piped = renderFrame({ ...frame, message }, { ...TERMINAL, terminal: false });
  assertEquals(piped.text, `${message}\n`);
});

Deno.test("reports dropped lines of a container on standard error", () => {
  const message = "12 log lines were dropped for this client";
  const line = {
    level: "WARN",
    timestamp: new Date().toISOString(),
    message,
    file: "logs.ts",
    line: 1,
  } as const;
  assertEquals(renderFrame(line, TERMINAL), { text: `(${message})\n`, aside: true });
  assertStringIncludes(renderFrame(line, { ...TERMINAL, format: "pretty" }).text, "\x1b[33mWARN \x1b[0m");
});
