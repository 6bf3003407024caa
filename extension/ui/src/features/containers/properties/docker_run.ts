/** Pure: a container as a `docker run` command. */
import type { RecreatedMount, Recreation } from "./recreation.ts";
import { shellWord } from "./shell_quote.ts";

/** Returns the arguments of `docker` that create and start a container with these settings. */
export function runArguments(settings: Recreation): readonly string[] {
  return runLines(settings).flat();
}

/** Returns the command for a POSIX shell, with one option per line. Masked values come from the shell's environment. */
export function toDockerRun(settings: Recreation): string {
  return runLines(settings).map((words) => words.map(shellWord).join(" ")).join(" \\\n  ");
}

type Line = readonly string[];

function runLines(settings: Recreation): readonly Line[] {
  const { name, image, entrypoint: [program, ...rest], command } = settings;
  return [
    ["docker", "run", "--detach"],
    ["--name", name],
    ...processOf(settings),
    ...resourcesOf(settings),
    ...placesOf(settings),
    ...settings.options.map(({ option, value }) => value === "" ? [option] : [option, value]),
    ...settings.labels.map(([label, value]) => ["--label", `${label}=${value}`]),
    ...option("--entrypoint", program),
    [image, ...rest, ...command],
  ];
}

function processOf(
  { env, restart, user, workingDir, privileged, readOnly, capAdd, capDrop, logDriver }: Recreation,
): readonly Line[] {
  return [
    ...option("--restart", restart),
    ...option("--user", user),
    ...option("--workdir", workingDir),
    ...privileged ? [["--privileged"]] : [],
    ...readOnly ? [["--read-only"]] : [],
    ...capAdd.map((capability) => ["--cap-add", capability]),
    ...capDrop.map((capability) => ["--cap-drop", capability]),
    ...option("--log-driver", logDriver),
    ...env.map(([name, value]) => ["--env", value === null ? name : `${name}=${value}`]),
  ];
}

function resourcesOf({ cpus, memory, memorySwap, memoryReservation, pids }: Recreation): readonly Line[] {
  return [
    ...option("--cpus", cpus),
    ...option("--memory", memory),
    ...option("--memory-swap", memorySwap),
    ...option("--memory-reservation", memoryReservation),
    ...option("--pids-limit", pids),
  ];
}

function placesOf({ ports, mounts, networkMode, networks }: Recreation): readonly Line[] {
  return [
    ...ports.map((port) => ["--publish", port]),
    ...mounts.map((mount) => ["--mount", mountText(mount)]),
    ...option("--network", networkMode),
    ...networks.map((network) => ["--network", network]),
  ];
}

function option(name: string, value: string | number | undefined): readonly Line[] {
  return value === undefined ? [] : [[name, String(value)]];
}

/** Docker reads a mount as a record of comma-separated values. */
function mountText({ type, source, target, readOnly }: RecreatedMount): string {
  const fields = [`type=${type}`, ...source === undefined ? [] : [`source=${source}`], `target=${target}`];
  return [...fields, ...readOnly ? ["readonly"] : []].map(csvField).join(",");
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
