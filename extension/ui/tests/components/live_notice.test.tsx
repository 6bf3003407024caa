import { TestPage } from "../dom.ts";
import { assert, assertEquals, eventually } from "../../../../tests/assert.ts";
import { describeLive } from "../../src/components/labels.ts";
import { LiveNotice } from "../../src/components/live_notice.tsx";
import { LiveSocket, type LiveState } from "../../src/lib/live.ts";
import { formatTime } from "../../src/lib/format.ts";
import { about } from "../fakes/messages.ts";
import { FakeTransport, refusal } from "../fakes/transport.ts";

function open(page: TestPage) {
  const transport = new FakeTransport();
  transport.answers["/about"] = about();
  // No test takes as long as this delay.
  const random = () => 1000;
  const socket = new LiveSocket(transport, { path: () => "/stacks", onFrame: () => {}, random });
  const view = page.render(<LiveNotice name="Stacks" socket={socket} />);
  return { transport, socket, view };
}

Deno.test("shows no notice for a socket that is connected or connects for the first time", async () => {
  await using page = new TestPage();
  const { transport, socket, view } = open(page);
  using _ = socket;
  assertEquals(view.queryByRole("alert"), null);
  await page.act(() => transport.newest.listener.opened());
  assertEquals(view.queryByRole("alert"), null);
});

Deno.test("warns about a lost connection, and the button reconnects immediately", async () => {
  await using page = new TestPage();
  const { transport, socket, view } = open(page);
  using _ = socket;
  await page.act(() => {
    transport.newest.listener.opened();
    transport.newest.listener.frame("x");
    transport.newest.listener.closed({ code: 1006, reason: "" });
  });
  const alert = await eventually("the warning", () => view.queryByRole("alert"));
  assert(alert.textContent?.includes("Stacks"));
  await page.user.click(view.getByRole("button"));
  assertEquals(transport.channels.length, 2);
  assertEquals(view.queryByRole("button"), null);
});

Deno.test("shows a refusal as an error with the server's reason", async () => {
  await using page = new TestPage();
  const { transport, socket, view } = open(page);
  using _ = socket;
  transport.answers["/about"] = refusal(401, "The token has expired.");
  await page.act(() => transport.newest.listener.closed({ code: 1006, reason: "" }));
  const alert = await eventually("the error", () => view.queryByRole("alert"));
  assert(alert.textContent?.includes("The token has expired."));
  assert(view.getByRole("button"));
});

const NOW = Date.parse("2026-08-01T12:00:10.000Z");
const LAST = NOW - 6000;

for (
  const [state, parts] of [
    [{ phase: "waiting", lastFrameAt: LAST, nextTryAt: NOW + 3100, why: "lost" }, [
      formatTime(LAST, NOW),
      "4 s",
    ]],
    [{ phase: "waiting", lastFrameAt: null, nextTryAt: NOW - 50, why: "lost" }, ["0 s"]],
    [{ phase: "connecting", lastFrameAt: LAST }, [formatTime(LAST, NOW)]],
    [{ phase: "refused", lastFrameAt: LAST, why: "no token" }, ["no token"]],
  ] as const satisfies readonly (readonly [LiveState, readonly string[]])[]
) {
  Deno.test(`a socket that is ${state.phase} is described with ${parts.join(" and ")}`, () => {
    const text = describeLive(state, NOW);
    for (const part of parts) assert(text.includes(part), text);
  });
}

Deno.test("a socket without a frame has no last update", () => {
  const text = describeLive({ phase: "connecting", lastFrameAt: null }, NOW);
  assert(!/\d/.test(text), text);
});
