import { OutboundClient } from "../../../server/outbound/client.ts";
import { sender } from "../../../server/alerts/channels/send.ts";
import { assertEquals } from "../../assert.ts";
import { fakeNotice } from "./fake_notice.ts";

const HOOK = { id: "hook", name: "Hook", kind: "webhook", url: "env:URL" } as const;

Deno.test("a channel whose variable is not set gets no message, and another outcome than a forbidden address", async () => {
  const outbound = new OutboundClient();
  const send = (env: (name: string) => string | undefined) => sender(outbound, env)(HOOK, fakeNotice());
  assertEquals(await send(() => undefined), "no-secret");
  assertEquals(await send(() => "http://127.0.0.1:1/"), "blocked");
});
