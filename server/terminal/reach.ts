/** Pure: the ways in which a container reaches its host, from its inspection. */
import { fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";

/** Capabilities with which a process leaves its container. */
const CAPABILITIES = /^(CAP_)?(ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|DAC_READ_SEARCH|SYS_RAWIO|BPF)$/;
/** Sockets of engines, and the folders that contain them. */
const SOCKETS = /^(\/var)?\/run(\/(docker|podman|containerd)(\/.*)?|\/[^/]*\.sock)?$/;
/** Folders of the host whose files control it. */
const FOLDERS = /^\/(|etc|root|boot|dev|proc|sys|usr|var|var\/lib(\/docker(\/.*)?)?)$/;

/** Returns each way as a phrase such as "runs privileged"; the list is empty for an ordinary container. */
export function reachesHost(inspection: unknown): string[] {
  const { HostConfig, Mounts } = fieldsOf(inspection);
  const { Privileged, PidMode, NetworkMode, CapAdd } = fieldsOf(HostConfig);
  const capabilities = itemsOf(CapAdd).filter((name) => CAPABILITIES.test(String(name)));
  return [
    ...Privileged === true ? ["runs privileged"] : [],
    ...PidMode === "host" ? ["sees the processes of the host"] : [],
    ...NetworkMode === "host" ? ["uses the network of the host"] : [],
    ...capabilities.map((name) => `has the capability ${String(name)}`),
    ...itemsOf(Mounts).flatMap((mount) => phraseOf(fieldsOf(mount))),
  ];
}

/** Returns the user that the image or the container sets; `null` for root. */
export function userOf(inspection: unknown): string | null {
  return textOf(fieldsOf(fieldsOf(inspection)["Config"])["User"]) || null;
}

function phraseOf({ Type, Source }: Readonly<Record<string, unknown>>): readonly string[] {
  const source = textOf(Source) ?? "";
  // The folder of a volume is below the engine's data as well.
  if (Type !== "bind") return [];
  if (SOCKETS.test(source)) return [`mounts ${source}, through which it can control the engine`];
  return FOLDERS.test(source) ? [`mounts ${source} of the host`] : [];
}
