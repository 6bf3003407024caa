import { AppError } from "../../server/errors.ts";
import { SocketQuotas } from "../../server/http/socket_quotas.ts";
import { assertEquals, assertThrows } from "../assert.ts";

const LIMITS = { sockets: 10, socketsPerPeer: 6, socketsWithoutToken: 3 };

/** Opens sockets until one is refused, and returns their number and the refusal. */
function fill(quotas: SocketQuotas, trusted: boolean, peer: (index: number) => string): [number, AppError] {
  for (let open = 0; open < 100; open++) {
    try {
      quotas.enter(peer(open), trusted);
    } catch (error) {
      if (error instanceof AppError) return [open, error];
      throw error;
    }
  }
  throw new Error("never refused");
}

Deno.test("an address without the token has its own bound", () => {
  const [open, refusal] = fill(new SocketQuotas(LIMITS), false, () => "10.0.0.1");
  assertEquals([open, refusal.code, refusal.headers["retry-after"]], [3, "too-many", "10"]);
  assertEquals(
    refusal.message,
    "Cannot open another socket without the token: 3 of 10.0.0.1 are open, 3 are allowed",
  );
});

Deno.test("all clients without the token have half of the sockets at most", () => {
  const [open, refusal] = fill(new SocketQuotas(LIMITS), false, (index) => `10.0.0.${index}`);
  assertEquals(open, 5);
  assertEquals(refusal.message, "Cannot open another socket without the token: 5 are open, 5 are allowed");
});

Deno.test("clients with the token have at least the other half, also from an address that is full without it", () => {
  const quotas = new SocketQuotas(LIMITS);
  fill(quotas, false, () => "10.0.0.1");
  fill(quotas, false, (index) => `10.0.1.${index}`);
  assertEquals(fill(quotas, true, () => "10.0.0.1")[0], 5);
});

Deno.test("clients with the token have all sockets while others have none", () => {
  const quotas = new SocketQuotas(LIMITS);
  assertEquals(fill(quotas, true, () => "10.0.0.1")[0], 6);
  assertEquals(fill(quotas, true, (index) => `10.0.1.${index}`)[0], 4);
  assertThrows(() => quotas.enter("10.0.0.9", false), AppError, "0 are open, 0 are allowed");
});

Deno.test("a socket that is gone makes room", () => {
  const quotas = new SocketQuotas({ ...LIMITS, socketsWithoutToken: 1 });
  const leave = quotas.enter("10.0.0.1", false);
  assertThrows(() => quotas.enter("10.0.0.1", false), AppError);
  leave();
  quotas.enter("10.0.0.1", false);
});
