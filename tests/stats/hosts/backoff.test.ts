import { Backoff } from "../../../server/stats/hosts/backoff.ts";
import { COLLECTOR_TIMES } from "../../../server/stats/times.ts";
import { assert, assertEquals } from "../../assert.ts";

/** The delays of a number of failures in a row, without jitter. */
function delays(url: string, count: number): number[] {
  const random = Math.random;
  Math.random = () => 0;
  try {
    const backoff = new Backoff(url, COLLECTOR_TIMES);
    return Array.from({ length: count }, () => backoff.next());
  } finally {
    Math.random = random;
  }
}

Deno.test("the delay for a remote host doubles up to 30 s", () => {
  assertEquals(delays("tcp://10.0.0.5:2375", 7), [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

Deno.test("the delay for a Unix socket stays at 1 s", () => {
  assertEquals(delays("unix:///var/run/docker.sock", 4), [1000, 1000, 1000, 1000]);
});

Deno.test("a delay with jitter is at least as long as without, and at most the limit", () => {
  const backoff = new Backoff("tcp://10.0.0.5:2375", COLLECTOR_TIMES);
  for (const least of [1000, 2000, 4000, 8000, 16_000, 30_000]) {
    const delay = backoff.next();
    assert(delay >= least && delay <= Math.min(least * 1.3, 30_000), `${delay}`);
  }
});

Deno.test("the delays start again after a connection", () => {
  const backoff = new Backoff("ssh://nas", COLLECTOR_TIMES);
  for (let failure = 0; failure < 5; failure++) backoff.next();
  backoff.reset();
  assert(backoff.next() <= 1300);
});
