import { signInWithRetry } from "../../src/lib/sign_in.ts";
import { Refusal, Unreachable } from "../../src/lib/transport/transport.ts";
import { assertEquals } from "../../../../tests/assert.ts";

const REFUSAL = new Refusal({
  type: "about:blank",
  title: "Unauthorized",
  status: 401,
  detail: "Wrong token",
});

for (
  const [what, errors, attempts] of [
    ["signs in once if the server accepts the token", [], 1],
    ["signs in again after an aborted request", [new Unreachable("changed")], 2],
    ["does not repeat a refused token", [REFUSAL], 1],
    ["gives up after three attempts", [1, 2, 3, 4].map(() => new Unreachable("gone")), 3],
  ] as const
) {
  Deno.test(what, async () => {
    let made = 0;
    await signInWithRetry(() => {
      const error = errors[made++];
      return error === undefined ? Promise.resolve() : Promise.reject(error);
    }, 0);
    assertEquals(made, attempts);
  });
}
