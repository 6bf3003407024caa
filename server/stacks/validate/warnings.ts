/** Likely mistakes in a compose file; they are reported with the answer, but never refused. */
import type { Container } from "../../docker/container.ts";
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";
import type { Issue } from "../../errors.ts";
import { findClashes } from "./clashes.ts";
import { ineffectiveSettings, placedWarnings } from "./compose_warnings.ts";
import type { Resolved } from "./resolve.ts";
import { locateIssues, type PathIssue } from "./issues.ts";

/** Conditions on the host of a project. */
export interface HostContext {
  readonly project: string | undefined;
  /** The environment text. */
  readonly env: string | undefined;
  /** The containers of its host, as far as they are known. */
  readonly containers: readonly Container[];
  /** True if the engine sees other folders than DockStat, because one of them is remote or in a container. */
  readonly foreignFolders: boolean;
}

/** Finds the warnings about a project, with their places in the text. */
export async function findWarnings(text: string, resolved: Resolved, around: HostContext): Promise<Issue[]> {
  const written = fieldsOf(fieldsOf(resolved.written)["services"]);
  const found = [
    ...findClashes(resolved, around.project, around.containers),
    ...Object.entries(resolved.config).flatMap(([name, { image }]) => untagged(name, textOf(image))),
    ...around.foreignFolders
      ? Object.entries(written).flatMap(([name, service]) => relativeBinds(name, service))
      : [],
  ];
  return [
    ...placedWarnings(resolved, text),
    ...ineffectiveSettings(resolved, around.env, around.project),
    ...await locateIssues(text, found),
  ];
}

function untagged(service: string, image: string | undefined): PathIssue[] {
  if (image === undefined || image.includes("@")) return [];
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  if (tag !== undefined && tag !== "latest") return [];
  const how = tag === undefined ? "has no tag" : 'has the tag "latest"';
  return [{
    keys: ["services", service, "image"],
    message: `image "${image}" ${how}: every pull may bring another one`,
  }];
}

function relativeBinds(name: string, service: unknown): PathIssue[] {
  return itemsOf(fieldsOf(service)["volumes"]).flatMap((volume, index) => {
    const source = typeof volume === "string"
      ? volume.split(":")[0]!
      : textOf(fieldsOf(volume)["source"]) ?? "";
    if (!/^\.{1,2}(\/|$)/.test(source)) return [];
    const message =
      `"${source}" is relative to DockStat's own folder, which the engine does not see: write the host's path`;
    return [{ keys: ["services", name, "volumes", index], message }];
  });
}
