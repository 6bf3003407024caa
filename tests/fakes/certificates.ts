import { run } from "../../tools/engine/run.ts";
import type { TemporaryFolder } from "./folder.ts";

/** Creates a certificate authority, and certificates for a server on 127.0.0.1 or engine.test and for a client, with `openssl`. */
export async function certificates(folder: TemporaryFolder): Promise<(name: string) => string> {
  const path = (name: string) => folder.path(`${name}.pem`);
  const authority = ["-x509", "-days", "2"];
  await request("test-ca", path("ca-key"), path("ca"), authority);
  await Deno.writeTextFile(folder.path("extensions"), "subjectAltName=IP:127.0.0.1,DNS:engine.test\n");
  for (const name of ["server", "client"]) {
    await request(name, path(`${name}-key`), path(`${name}-request`));
    const signer = ["-CA", path("ca"), "-CAkey", path("ca-key"), "-CAcreateserial", "-days", "2"];
    const files = ["-in", path(`${name}-request`), "-extfile", folder.path("extensions"), "-out", path(name)];
    await run("openssl", ["x509", "-req", ...signer, ...files]);
  }
  return path;
}

/** Creates a key and a certificate request, or with options a certificate. */
async function request(
  name: string,
  key: string,
  out: string,
  options: readonly string[] = [],
): Promise<void> {
  const subject = ["-newkey", "rsa:2048", "-nodes", "-subj", `/CN=${name}`];
  await run("openssl", ["req", ...options, ...subject, "-keyout", key, "-out", out]);
}
