/** Rendering of the frames of `dockstat logs`. */
import { type LogStyle, renderFrame } from "../../../server/cli/logs/logs.ts";
import { assertEquals } from "../../assert.ts";
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
  const frame = { hostId: "nas", containerId: idOf("web"), dropped: 12 };
  const text = "(12 lines were dropped, because they were not read in time)\n";
  assertEquals(renderFrame(frame, TERMINAL), { text, aside: true });
});
