import { engineError } from "../../server/docker/engine_error.ts";
import { assertEquals } from "../assert.ts";

Deno.test("reports a server that is not a container engine", () => {
  const thrown = Object.assign(new Error("(HTTP code 404) unexpected - "), { statusCode: 404, json: null });
  const message = "it answers with HTTP 404, but not as a container engine does";
  assertEquals(engineError(thrown, { url: "tcp://10.0.0.5:80" }).message, message);
});

Deno.test("explains how to get access to a local socket, but not to a remote address", () => {
  const reason = "connect EACCES /var/run/docker.sock";
  const local = engineError(new Error(reason), { url: "unix:///var/run/docker.sock" }).message;
  assertEquals(
    local,
    `${reason}: this user may not use the socket; add it to the socket's group (sudo usermod -aG docker $USER) and log in again`,
  );
  assertEquals(engineError(new Error(reason), { url: "tcp://10.0.0.5:2375" }).message, reason);
});
