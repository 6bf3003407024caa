import { AppError } from "../../server/errors.ts";
import { outcomeOf } from "../../server/hosts/host_tests.ts";
import { HOST_TEST_OUTCOMES } from "../../server/protocol/hosts/new_host.ts";
import { assert, assertEquals } from "../assert.ts";

/** Messages of failed connections, with the outcome that the page shows. */
const OUTCOMES = {
  unreachable: [
    "connect ECONNREFUSED 10.0.0.5:2375",
    "the name nas does not resolve",
    "no answer in time: check that the engine runs, and that no firewall drops its packets",
    "ssh: connect to host nas port 22: No route to host",
    'ssh: the login took too long: check how long "ssh nas" takes',
  ],
  untrusted: [
    "received fatal alert: CertificateRequired",
    "the CA in tls.ca did not issue the engine's certificate: set tls.ca to the CA that did",
    "the engine requires TLS: set tls.ca, tls.cert and tls.key for this host",
    "this address does not use TLS: check the port, or remove tls from the host",
    "tls.cert contains no certificate. Provide a PEM file",
    'ssh: Host key verification failed: connect once with "ssh nas" to accept its key',
    "ssh: root@nas: Permission denied (publickey)",
  ],
  "not-an-engine": [
    "the connection was reset: check that a container engine listens at this address",
    "(HTTP code 404) unexpected - not found",
    "the answer is not HTTP",
  ],
} as const;

for (const [outcome, messages] of Object.entries(OUTCOMES)) {
  Deno.test(`failures that are ${outcome}`, () => {
    const outcomes = messages.map((message) => outcomeOf(new AppError("engine-unreachable", message)));
    assertEquals(outcomes, messages.map(() => outcome));
  });
}

Deno.test("whatever an engine says, a test reports one of its outcomes and no text", () => {
  const outcomes = new Set<string>(HOST_TEST_OUTCOMES);
  for (
    const message of ["<html>secret</html>", "certificate secret", "refused secret", "\n", "", "__proto__"]
  ) {
    for (const code of ["engine-refused", "engine-unreachable", "not-found", "failed"] as const) {
      assert(outcomes.has(outcomeOf(new AppError(code, message))), message);
    }
  }
});
