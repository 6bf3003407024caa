import { deniesAccess, engineError } from "../../server/docker/engine_error.ts";
import { AppError } from "../../server/errors.ts";
import { assert, assertEquals } from "../assert.ts";

Deno.test("explains how to get access to a local socket, but not to a remote address", () => {
  const reason = "connect EACCES /var/run/docker.sock";
  const local = engineError(new Error(reason), { url: "unix:///var/run/docker.sock" }).message;
  assertEquals(
    local,
    `${reason}: this user may not use the socket; add it to the socket's group (sudo usermod -aG docker $USER) and log in again`,
  );
  assertEquals(engineError(new Error(reason), { url: "tcp://10.0.0.5:2375" }).message, reason);
});

const UNIX = { url: "unix:///var/run/docker.sock" };

Deno.test("returns an error with a message for users unchanged", () => {
  const error = new AppError("not-found", "gone");
  assert(engineError(error, UNIX) === error);
});

Deno.test("reports an error of the system as it is, with the cause", () => {
  const cause = new Error("connect ECONNREFUSED 10.0.0.5:2375");
  const error = engineError(cause, UNIX);
  assertEquals([error.code, error.message], ["engine-unreachable", cause.message]);
  assert(error.cause === cause);
});

Deno.test("reports a thrown text as it is", () => {
  assertEquals(engineError("broken", UNIX).message, "broken");
});

for (
  const [url, flags] of [
    ["unix:///run/d.sock", "--allow-net=unix:/run/d.sock --allow-read=/run/d.sock --allow-write=/run/d.sock"],
    ["ssh://me@nas", "--allow-run=ssh, --allow-read and --allow-write"],
    ["tcp://me:secret@10.0.0.5:2375", "--allow-net=10.0.0.5:2375"],
  ] as const
) {
  Deno.test(`names the flags that Deno lacks for ${url}`, () => {
    const thrown = new Deno.errors.NotCapable('Requires net access to "x", run again with --allow-net');
    assertEquals(
      engineError(thrown, { url }).message,
      `Deno lacks net access to "x": run DockStat with ${flags}`,
    );
  });
}

for (
  const [what, error, denied] of [
    ["an error of Deno", new Deno.errors.PermissionDenied("no"), true],
    ["an error with the code", { code: "EACCES" }, true],
    ["an error whose cause has the code", new Error("a", { cause: { cause: { code: "EACCES" } } }), true],
    ["another code", { code: "ENOENT" }, false],
    ["a text", "EACCES", false],
    ["nothing", null, false],
  ] as const
) {
  Deno.test(`${what} ${denied ? "means" : "does not mean"} that this user may not use the socket`, () => {
    assertEquals(deniesAccess(error), denied);
  });
}

Deno.test("an error that is its own cause does not mean that this user may not use the socket", () => {
  const error: { cause?: unknown } = {};
  error.cause = error;
  assertEquals(deniesAccess(error), false);
});

const SSH = { url: "ssh://me@nas/run/podman.sock" };

const EXPLAINED: readonly (readonly [what: string, thrown: Error, message: string])[] = [
  [
    "a timeout",
    new DOMException("The operation was aborted due to timeout", "TimeoutError"),
    "no answer in time: the engine hangs, or is still starting",
  ],
  [
    "a closed connection",
    new Deno.errors.Interrupted("operation canceled"),
    "the connection was closed before the answer was complete",
  ],
  ...["write EPIPE", "read ECONNRESET", "Connection reset by peer (os error 104)", "unexpected end of file"]
    .map(
      (message) =>
        [
          `ssh without an engine (${message})`,
          new Error(message),
          "ssh is connected, but no engine answers at /run/podman.sock there",
        ] as const,
    ),
];

for (const [what, thrown, message] of EXPLAINED) {
  Deno.test(`explains ${what}`, () => assertEquals(engineError(thrown, SSH).message, message));
}

Deno.test("a closed connection to a local engine keeps the message of the system", () => {
  assertEquals(engineError(new Error("read ECONNRESET"), UNIX).message, "read ECONNRESET");
});

const TCP = { url: "tcp://nas:2376" };

Deno.test("explains a failed TLS connection", () => {
  const { message } = engineError(new Error("keys may not be consistent: KeyMismatch"), TCP);
  assertEquals(message, "the TLS key does not belong to the certificate");
});

Deno.test("names the host name that does not resolve", () => {
  const why = "failed to lookup address information: Name or service not known";
  assertEquals(engineError(new Error(why), TCP).message, "the name nas does not resolve");
});

Deno.test("a remote address without an answer is reported with what to check", () => {
  const timeout = new DOMException("The operation was aborted due to timeout", "TimeoutError");
  assertEquals(
    engineError(timeout, TCP).message,
    "no answer in time: check that the engine runs, and that no firewall drops its packets",
  );
});

Deno.test("a reset connection to a remote address is reported with what to check", () => {
  assertEquals(
    engineError(new Error("Connection reset by peer (os error 104)"), TCP).message,
    "the connection was reset: check that a container engine listens at this address",
  );
});
