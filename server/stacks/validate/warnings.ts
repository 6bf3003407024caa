/** Likely mistakes in a compose file; they are reported with the answer, but never refused. */
import type { Container } from "../../docker/container.ts";
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";
import type { Issue } from "../../errors.ts";
import { findClashes } from "./clashes.ts";
import { ineffectiveSettings, placedWarnings } from "./compose_warnings.ts";
import { emptyBinds, type IsMissing } from "./empty_binds.ts";
import type { Resolved } from "./resolve.ts";
import { locateIssues, type PathIssue } from "./issues.ts";
import { policiesOf } from "./update_policies.ts";

/** Number of images that one warning lists. */
const LISTED = 3;

/** Conditions on the host of a project. */
export interface HostContext {
  readonly project: string | undefined;
  /** The environment text. */
  readonly env: string | undefined;
  /** The containers of its host, as far as they are known. */
  readonly containers: readonly Container[];
  /** True if the engine sees other folders than DockStat, because one of them is remote or in a container. */
  readonly foreignFolders: boolean;
  /** `undefined` for a project whose folder belongs to the user. */
  readonly isMissing?: IsMissing | undefined;
}

/** Finds the warnings about a project, with their places in the text. */
export async function findWarnings(text: string, resolved: Resolved, around: HostContext): Promise<Issue[]> {
  const written = fieldsOf(fieldsOf(resolved.written)["services"]);
  const { foreignFolders, isMissing } = around;
  const found = [
    ...findClashes(resolved, around.project, around.containers),
    ...untagged(resolved.config),
    ...policiesOf(resolved.written).warnings,
    ...foreignFolders
      ? Object.entries(written).flatMap(([name, service]) => relativeBinds(name, service))
      : isMissing === undefined
      ? []
      : await emptyBinds(written, isMissing),
  ];
  return [
    ...placedWarnings(resolved, text),
    ...ineffectiveSettings(resolved, around.env, around.project),
    ...await locateIssues(text, found),
  ];
}

/** Returns one warning for all images without a fixed version, at the first of them: they are frequent. */
function untagged(config: Resolved["config"]): PathIssue[] {
  const found = Object.entries(config).flatMap(([service, { image }]) => {
    const name = textOf(image);
    return name !== undefined && isUntagged(name) ? [{ service, name }] : [];
  });
  const [first, ...others] = found;
  if (first === undefined) return [];
  const names = [...new Set(found.map(({ name }) => `"${name}"`))];
  const listed = names.slice(0, LISTED).join(", ") + (names.length > LISTED ? ", …" : "");
  const subject = others.length === 0
    ? `image ${listed} has no fixed version`
    : `the images of ${found.length} services have no fixed version (${listed})`;
  const message = `${subject}: each pull may get a newer image`;
  return [{ keys: ["services", first.service, "image"], message }];
}

function isUntagged(image: string): boolean {
  if (image.includes("@")) return false;
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  return tag === undefined || tag === "latest";
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
