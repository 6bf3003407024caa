import { assertEquals } from "../../../../../../tests/assert.ts";
import {
  loadDetails,
  previewRemoval,
  sendCommand,
  sendLimits,
  sendRemoval,
} from "../../../../src/features/containers/model/container_requests.ts";
import { FakeTransport } from "../../../fakes/transport.ts";

const TARGET = { hostId: "my/host", id: "abc", name: "web" };
const PATH = "/containers/my%2Fhost/abc";
const { signal } = new AbortController();

type Request = (transport: FakeTransport) => Promise<unknown>;
const REQUESTS: readonly (readonly [expected: string, request: Request])[] = [
  [`GET ${PATH}`, (transport) => loadDetails(transport, TARGET, { secrets: false, signal })],
  [`GET ${PATH}?secrets=1`, (transport) => loadDetails(transport, TARGET, { secrets: true, signal })],
  [`POST ${PATH}/kill`, (transport) => sendCommand(transport, TARGET, "kill")],
  [`DELETE ${PATH}?dryRun=1`, (transport) => previewRemoval(transport, TARGET, false, signal)],
  [`DELETE ${PATH}?dryRun=1&volumes=1`, (transport) => previewRemoval(transport, TARGET, true, signal)],
  [`DELETE ${PATH}`, (transport) => sendRemoval(transport, TARGET, { volumes: false, force: false })],
  [
    `DELETE ${PATH}?volumes=1&force=1`,
    (transport) => sendRemoval(transport, TARGET, { volumes: true, force: true }),
  ],
  [`PATCH ${PATH}`, (transport) => sendLimits(transport, TARGET, { cpus: 1 })],
];

for (const [expected, request] of REQUESTS) {
  Deno.test(`sends ${expected}`, async () => {
    const transport = new FakeTransport();
    transport.answers[expected] = {};
    await request(transport);
    assertEquals(transport.asked, [expected]);
  });
}
