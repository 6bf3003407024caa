import { assertEquals } from "../../../../../../tests/assert.ts";
import type { ContainerDetails } from "../../../../../../server/protocol/containers.ts";
import { recreationOf } from "../../../../src/features/containers/properties/recreation.ts";
import { details } from "../../../fakes/details.ts";

const port = (hostAddress: string | null, open: number | null, protocol = "tcp") => ({
  hostAddress,
  public: open,
  private: 80,
  protocol,
});
const network = (name: string) => ({
  name,
  address: null,
  ip6: null,
  gateway: null,
  mac: null,
  aliases: null,
});
const limits = (changes: Partial<ContainerDetails["limits"]>) => ({ ...details().limits, ...changes });

Deno.test("publishes each port once, with its address and protocol", () => {
  const ports = [
    port("0.0.0.0", 8080),
    port("::", 8080),
    port("127.0.0.1", 81, "udp"),
    port("fe80::1", 82),
    port(null, null),
  ];
  assertEquals(recreationOf(details({ ports })).ports, ["8080:80", "127.0.0.1:81:80/udp", "[fe80::1]:82:80"]);
});

Deno.test("an anonymous volume becomes a new one, and unknown mounts are left out", () => {
  const mount = { source: "/x", destination: "/data", readOnly: false };
  const { mounts } = recreationOf(details({
    mounts: [
      { ...mount, type: "volume", name: "a".repeat(64) },
      { ...mount, type: "tmpfs", name: null },
      { ...mount, type: "npipe", name: null },
    ],
  }));
  assertEquals(mounts.map(({ type, source }) => [type, source]), [["volume", undefined], [
    "tmpfs",
    undefined,
  ]]);
});

Deno.test("the network of the mode comes first, and the default one is left out", () => {
  const networks = [network("bridge"), network("back"), network("front")];
  assertEquals(recreationOf(details({ networks, networkMode: "front" })).networks, ["front", "back"]);
});

for (const networkMode of ["host", "none", "container:0123"]) {
  Deno.test(`${networkMode} replaces the networks`, () => {
    const made = recreationOf(details({ networkMode }));
    assertEquals([made.networkMode, made.networks], [networkMode, []]);
  });
}

Deno.test("leaves out what Docker sets by default", () => {
  const made = recreationOf(details({
    restartPolicy: { name: "no", maximumRetryCount: 0 },
    limits: limits({ memoryBytes: 100, memorySwapBytes: 200 }),
    labels: { "com.docker.compose.project": "shop" },
  }));
  assertEquals([made.restart, made.memory, made.memorySwap, made.labels, made.logDriver], [
    undefined,
    100,
    undefined,
    [],
    undefined,
  ]);
});
