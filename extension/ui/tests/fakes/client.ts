/** A client of the fake server. */
import type { About } from "../../../../server/protocol/about.ts";
import { Client } from "../../src/lib/client.ts";
import { about } from "./messages.ts";
import { FakeTransport } from "./transport.ts";

/** Transport and client, with the server's answer about itself already there. */
export function fakeClient(changes: Partial<About> = {}) {
  const transport = new FakeTransport();
  const client = new Client(transport, undefined);
  transport.answers["/about"] = about(changes);
  client.about.set(about(changes));
  return { transport, client };
}
