/** Arguments of Compose that select the project and the engine. */
import type { Endpoint } from "../config/docker_context.ts";

/** The project that Compose runs on. */
export interface ComposeProject {
  readonly name: string;
  readonly endpoint: Endpoint;
  /** Undefined if only the containers of the project are known. */
  readonly files?: {
    /** Base of relative paths. */
    readonly folder: string;
    readonly compose: string;
    readonly env: string | undefined;
    /** Compose files that override the other one, in their order. */
    readonly overrides?: readonly string[];
  };
}

/** Arguments that name a project and its files. */
export function projectArgs({ name, files }: ComposeProject): string[] {
  if (files === undefined) return ["-p", name];
  const env = files.env === undefined ? [] : ["--env-file", files.env];
  const overrides = (files.overrides ?? []).flatMap((path) => ["-f", path]);
  return ["-p", name, "--project-directory", files.folder, "-f", files.compose, ...overrides, ...env];
}

/** Flags for a TLS engine. Its address is in the environment, which no text of a stack can override. */
export function tlsArgs({ url, tls = url.startsWith("https:") ? {} : undefined }: Endpoint): string[] {
  if (tls === undefined) return [];
  const file = (flag: string, path: string | undefined) => path === undefined ? [] : [flag, path];
  return [
    "--tlsverify",
    ...file("--tlscacert", tls.ca),
    ...file("--tlscert", tls.cert),
    ...file("--tlskey", tls.key),
  ];
}
