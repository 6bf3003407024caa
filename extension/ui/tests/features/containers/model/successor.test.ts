import { assertEquals } from "../../../../../../tests/assert.ts";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { ContainerRow } from "../../../../src/features/containers/model/container_row.ts";
import {
  type IdentityShelf,
  recallIdentity,
  rememberIdentity,
  successorOf,
} from "../../../../src/features/containers/model/successor.ts";
import { message } from "../../../fakes/messages.ts";

const REMOVED = message({ id: "a".repeat(64), name: "shop-web-1", project: "shop", service: "web" });

function successor(...others: Partial<DetailedStatsMessage>[]): string | undefined {
  const rows = others.map((changes, index) =>
    new ContainerRow(message({ id: String(index).repeat(64), ...changes }))
  );
  return successorOf(REMOVED, rows)?.name;
}

function shelf(): IdentityShelf {
  const values = new Map<string, string>();
  return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value) };
}

Deno.test("a container with the same name is the successor", () => {
  const service = { name: "shop-web-2", project: "shop", service: "web" };
  assertEquals(successor(service, { name: "shop-web-1" }), "shop-web-1");
});

Deno.test("a container of the same service is the successor under another name", () => {
  assertEquals(successor({ name: "db" }, { name: "web-2", project: "shop", service: "web" }), "web-2");
});

Deno.test("a container of another host, project or service is not the successor", () => {
  assertEquals(
    successor(
      { name: "shop-web-1", hostId: "nas" },
      { name: "x", project: "blog", service: "web" },
      { name: "y", project: "shop", service: "db" },
    ),
    undefined,
  );
});

Deno.test("containers without a project are recognized only by name", () => {
  const lone = message({ id: "a".repeat(64), name: "lone" });
  assertEquals(successorOf(lone, [new ContainerRow(message({ name: "other" }))]), undefined);
});

Deno.test("remembers an opened container", () => {
  const kept = shelf();
  rememberIdentity(kept, REMOVED);
  const { hostId, id, name, project, service } = REMOVED;
  assertEquals(recallIdentity(kept, hostId, id), { hostId, id, name, project, service });
  assertEquals(recallIdentity(kept, "nas", id), undefined);
});

Deno.test("forgets the oldest of many opened containers", () => {
  const kept = shelf();
  for (let count = 0; count <= 100; count++) rememberIdentity(kept, { ...REMOVED, id: `${count}` });
  assertEquals(recallIdentity(kept, "Localhost", "0"), undefined);
  assertEquals(recallIdentity(kept, "Localhost", "1")?.name, "shop-web-1");
});

for (const stored of ["{", "7", '[{"id":1}]', "null"]) {
  Deno.test(`ignores ${stored} in the storage`, () => {
    const kept = { getItem: () => stored, setItem: () => {} };
    assertEquals(recallIdentity(kept, "Localhost", "0"), undefined);
  });
}

Deno.test("a browser without storage remembers nothing", () => {
  rememberIdentity(undefined, REMOVED);
  assertEquals(recallIdentity(undefined, REMOVED.hostId, REMOVED.id), undefined);
});
