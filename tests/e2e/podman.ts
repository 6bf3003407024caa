/** Podman as a service for tests, in another time zone and with its storage in a separate folder. */
import { busybox, IMAGE } from "./engines.ts";
import { eventually } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { run, tryRun } from "../../tools/engine/run.ts";

/** A running Podman; disposing it removes its containers and ends it. */
export interface Podman extends AsyncDisposable {
  readonly url: string;
  /** Runs the `docker` command against it. */
  readonly docker: (...args: string[]) => Promise<string>;
}

/** Reports whether Podman is installed. */
export async function hasPodman(): Promise<boolean> {
  return await tryRun("podman", ["--version"]) !== undefined;
}

/** Starts a service with the test image. */
export async function startPodman(timeZone: string): Promise<Podman> {
  await using starting = new AsyncDisposableStack();
  const folder = starting.use(temporaryFolder({
    // Limits that a container without privileges may set as well.
    "containers.conf": '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\n',
  }));
  // Each container leaves a process that cleans up in the folder after its removal.
  const isIdle = async () => await tryRun("pgrep", ["-f", folder.path("root")]) === undefined;
  starting.defer(async () => void await eventually("the end of the last process of Podman", isIdle));
  const path = folder.path("podman.sock");
  const service = new Deno.Command("podman", {
    args: [
      ...["--root", folder.path("root"), "--runroot", folder.path("run"), "--storage-driver", "vfs"],
      ...["--runtime", "runc", "--cgroup-manager", "cgroupfs", "--events-backend", "file"],
      ...["system", "service", "--time=0", `unix://${path}`],
    ],
    env: { TZ: timeZone, CONTAINERS_CONF: folder.path("containers.conf") },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  starting.defer(async () => {
    service.kill("SIGTERM");
    await service.status;
  });
  const docker = (...args: string[]) => run("docker", ["-H", `unix://${path}`, ...args]);
  await eventually("Podman", () => tryRun("docker", ["-H", `unix://${path}`, "version"]));
  await importImage(docker, folder.path("image"));
  starting.defer(async () => {
    const ids = (await docker("ps", "-aq")).split("\n").filter((id) => id !== "");
    if (ids.length > 0) await docker("rm", "-f", ...ids);
  });
  const started = starting.move();
  return { url: `unix://${path}`, docker, [Symbol.asyncDispose]: () => started.disposeAsync() };
}

async function importImage(docker: Podman["docker"], folder: string): Promise<void> {
  await Deno.mkdir(`${folder}/bin`, { recursive: true });
  await Deno.copyFile(await busybox(), `${folder}/bin/busybox`);
  await Deno.chmod(`${folder}/bin/busybox`, 0o755);
  for (const applet of ["sh", "sleep", "echo"]) await Deno.symlink("busybox", `${folder}/bin/${applet}`);
  await run("tar", ["-cf", `${folder}.tar`, "-C", folder, "bin"]);
  await docker("import", `${folder}.tar`, IMAGE);
}
