import { engineError } from "../../server/docker/engine_error.ts";
import { assertEquals } from "../assert.ts";

Deno.test("what answers but is no engine is told so", () => {
  const thrown = Object.assign(new Error("(HTTP code 404) unexpected - "), { statusCode: 404, json: null });
  const words = "it answers with HTTP 404, but not as a container engine does";
  assertEquals(engineError(thrown, { url: "tcp://10.0.0.5:80" }).message, words);
});

Deno.test("a socket that this user may not use is told with what helps, an address elsewhere without", () => {
  const words = "connect EACCES /var/run/docker.sock";
  const here = engineError(new Error(words), { url: "unix:///var/run/docker.sock" }).message;
  assertEquals(
    here,
    `${words}: this user may not use the socket; add it to the socket's group (sudo usermod -aG docker $USER) and log in again`,
  );
  assertEquals(engineError(new Error(words), { url: "tcp://10.0.0.5:2375" }).message, words);
});
