/** A folder with the kernel's files of containers, in the shape of cgroup version 2. */
import type { Mounts } from "../../server/kernel/container_files.ts";
import { idOf } from "./container.ts";
import { temporaryFolder } from "./folder.ts";

const NET_HEAD =
  "Inter-|   Receive  |  Transmit\n face |bytes    packets\n    lo: 9 0 0 0 0 0 0 0 9 0 0 0 0 0 0 0\n";
const COLUMNS = Array.from({ length: 30 }, (_, index) => index).join(" ");

/** A fake machine; a test writes and removes its files. */
export class FakeKernel implements Disposable {
  readonly #folder = temporaryFolder();
  readonly mounts: Mounts = { proc: this.#folder.path("proc"), cgroup: this.#folder.path("cgroup") };

  constructor() {
    this.tick(100);
    this.write("proc/self/cgroup", "0::/\n");
    this.write("proc/self/limits", "Max open files            1024   4096   files\n");
    this.write("proc/self/status", "CapPrm:\t0000\nCapEff:\t0000\n");
  }

  /** Sets the CPU time of the machine, in ticks. */
  tick(ticks: number, idle = 0): void {
    this.write(
      "proc/stat",
      `cpu  ${ticks} 0 0 ${idle} 0 0 0 0 0 0\ncpu0 ${ticks} 0 0 ${idle} 0 0 0 0 0 0\nintr 1\n`,
    );
  }

  /** Adds the files about the whole machine: half of 4000 kB in use, and one network interface. */
  machine(): void {
    this.write(
      "proc/meminfo",
      "MemTotal:       4000 kB\nMemFree:        100 kB\nMemAvailable:     2000 kB\n",
    );
    this.write("proc/loadavg", "0.50 0.25 0.10 1/200 4000\n");
    this.interfaces(1, { eth0: [900, 90], docker0: [5, 5] });
  }

  /** Adds a container with one process; `path` is the cgroup of the process. */
  run(name: string, pid: number, { path = `/docker/${idOf(name)}`, start = 7 } = {}): void {
    this.process(pid, path, start);
    const folder = `cgroup/docker/${idOf(name)}`;
    this.use(name, 1000);
    this.write(`${folder}/memory.current`, "500\n");
    this.write(`${folder}/memory.stat`, "file 300\ninactive_file 100\n");
    this.write(`${folder}/memory.max`, "max\n");
    this.write(`${folder}/io.stat`, "8:0 rbytes=10 wbytes=20 rios=1 wios=1\n");
    this.write(`${folder}/pids.current`, "3\n");
  }

  /** Adds a process in a cgroup. */
  process(pid: number, path: string, start: number, comm = "sleep"): void {
    const columns = COLUMNS.split(" ").map((column, index) => index === 18 ? start : column).join(" ");
    this.write(`proc/${pid}/stat`, `${pid} (${comm}) S ${columns}\n`);
    this.write(`proc/${pid}/cgroup`, `0::${path}\n`);
    this.interfaces(pid, { eth0: [40, 4] });
  }

  /** Sets the interfaces of a process, with received and sent bytes. */
  interfaces(pid: number, bytes: Readonly<Record<string, readonly [number, number]>>): void {
    const lines = Object.entries(bytes).map(([name, [rx, tx]]) =>
      `  ${name}: ${rx} 0 0 0 0 0 0 0 ${tx} 0 0 0 0 0 0 0\n`
    );
    this.write(`proc/${pid}/net/dev`, NET_HEAD + lines.join(""));
  }

  /** Sets the CPU time of a container, us. */
  use(name: string, us: number): void {
    this.write(`cgroup/docker/${idOf(name)}/cpu.stat`, `usage_usec ${us}\nuser_usec 1\n`);
  }

  /** Writes a file. */
  write(path: string, text: string): void {
    const whole = this.#folder.path(path);
    Deno.mkdirSync(whole.replace(/\/[^/]*$/, ""), { recursive: true });
    Deno.writeTextFileSync(whole, text);
  }

  /** Removes a file or a folder. */
  remove(path: string): void {
    Deno.removeSync(this.#folder.path(path), { recursive: true });
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]();
  }
}
