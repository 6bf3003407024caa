import { run } from "../../tools/engine/run.ts";
import type { TemporaryFolder } from "./folder.ts";

/** A certificate authority, and what it signed for a server on 127.0.0.1 and a client; made by `openssl`. */
export async function certificates(folder: TemporaryFolder): Promise<(name: string) => string> {
  const path = (name: string) => folder.path(`${name}.pem`);
  const make = (...args: string[]) => run("openssl", args);
  await make(
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-subj",
    "/CN=test-ca",
    "-keyout",
    path("ca-key"),
    "-out",
    path("ca"),
  );
  for (const name of ["server", "client"]) {
    await make(
      "req",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-subj",
      `/CN=${name}`,
      "-keyout",
      path(`${name}-key`),
      "-out",
      path(`${name}-request`),
    );
    await Deno.writeTextFile(folder.path("extensions"), "subjectAltName=IP:127.0.0.1\n");
    await make(
      "x509",
      "-req",
      "-in",
      path(`${name}-request`),
      "-CA",
      path("ca"),
      "-CAkey",
      path("ca-key"),
      "-CAcreateserial",
      "-days",
      "2",
      "-extfile",
      folder.path("extensions"),
      "-out",
      path(name),
    );
  }
  return path;
}
