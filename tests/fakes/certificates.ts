import { run } from "../../tools/engine/run.ts";
import type { TemporaryFolder } from "./folder.ts";

/** Creates a certificate authority, and certificates for a server on 127.0.0.1 or engine.test and for a client, with `openssl`. */
export async function certificates(folder: TemporaryFolder): Promise<(name: string) => string> {
  const issue = await authority(folder);
  for (const name of ["server", "client"]) await issue(name, "IP:127.0.0.1,DNS:engine.test");
  return (name) => folder.path(`${name}.pem`);
}

/** Creates a certificate authority as `ca.pem`; returns a function that issues `NAME.pem` for some addresses. */
export async function authority(
  folder: TemporaryFolder,
): Promise<(name: string, addresses: string) => Promise<void>> {
  const path = (name: string) => folder.path(`${name}.pem`);
  await request("test-ca", path("ca-key"), path("ca"), ["-x509", "-days", "2"]);
  return async (name, addresses) => {
    const extensions = folder.path(`${name}-extensions`);
    await Deno.writeTextFile(extensions, `subjectAltName=${addresses}\n`);
    await request(name, path(`${name}-key`), path(`${name}-request`));
    const signer = ["-CA", path("ca"), "-CAkey", path("ca-key"), "-CAcreateserial", "-days", "2"];
    const files = ["-in", path(`${name}-request`), "-extfile", extensions, "-out", path(name)];
    await run("openssl", ["x509", "-req", ...signer, ...files]);
  };
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
