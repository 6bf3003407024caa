/** A Git host on loopback that is reached by ssh: a real `sshd` on a free port. */
import { findSshd, SSHD_HOME } from "../../tools/engine/extras.ts";
import { run } from "../../tools/engine/run.ts";
import { eventually } from "../assert.ts";
import { type TemporaryFolder, temporaryFolder } from "../fakes/folder.ts";

/** Starts sshd as root on a machine that has no user for its unprivileged part: only this process sees that user. */
const WITH_USER = 'mkdir -p /run/sshd && mount --bind "$1" /etc/passwd && shift && exec "$@"';
const USER = "sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin\n";

/** A running ssh server that accepts one key. */
export class SshHost implements AsyncDisposable {
  readonly #folder: TemporaryFolder = temporaryFolder();
  /** Login of this process. */
  readonly username = Deno.env.get("USER") ?? "root";
  port = 0;
  #child!: Deno.ChildProcess;
  #log = "";
  #read!: Promise<void>;

  /** Starts a server, and waits until it listens. */
  static async open(): Promise<SshHost> {
    const host = new SshHost();
    host.port = freePort();
    for (const name of ["host", "key"]) {
      await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", host.#folder.path(name)]);
    }
    await host.accept(true);
    await Deno.writeTextFile(host.#folder.path("config"), host.#config());
    await host.trust(true);
    await host.#start();
    return host;
  }

  /** File of the private key that the server accepts. */
  get key(): string {
    return this.#folder.path("key");
  }

  /** File with the key of the server. */
  get knownHosts(): string {
    return this.#folder.path("known");
  }

  /** Accepts the key, or no key. */
  async accept(accepted: boolean): Promise<void> {
    const text = accepted ? await Deno.readTextFile(`${this.key}.pub`) : "";
    await Deno.writeTextFile(this.#folder.path("authorized"), text);
  }

  /** Makes the key of the server known, or not. */
  async trust(trusted: boolean): Promise<void> {
    const key = await Deno.readTextFile(this.#folder.path("host.pub"));
    await Deno.writeTextFile(this.knownHosts, trusted ? `[127.0.0.1]:${this.port} ${key}` : "");
  }

  async #start(): Promise<void> {
    const program = findSshd()!;
    const args = [program, "-D", "-e", "-f", this.#folder.path("config")];
    const passwd = await Deno.readTextFile("/etc/passwd");
    const lacksUser = Deno.uid() === 0 && !/^sshd:/m.test(passwd);
    await Deno.writeTextFile(this.#folder.path("passwd"), passwd + USER);
    const [command = "", ...rest] = lacksUser
      ? ["unshare", "--mount", "sh", "-c", WITH_USER, "sh", this.#folder.path("passwd"), ...args]
      : args;
    const options = { args: rest, stdin: "null", stdout: "null", stderr: "piped" } as const;
    this.#child = new Deno.Command(command, options).spawn();
    this.#read = (async () => {
      for await (const text of this.#child.stderr.pipeThrough(new TextDecoderStream())) this.#log += text;
    })();
    await eventually("the ssh server", () => this.#log.includes("Server listening"));
  }

  #config(): string {
    const newer = `${SSHD_HOME}/usr/lib/openssh`;
    const programs = [["SshdSessionPath", "sshd-session"], ["SshdAuthPath", "sshd-auth"]].filter(([, name]) =>
      findSshd()!.startsWith(SSHD_HOME) && exists(`${newer}/${name}`)
    );
    return [
      `Port ${this.port}`,
      "ListenAddress 127.0.0.1",
      `HostKey ${this.#folder.path("host")}`,
      `AuthorizedKeysFile ${this.#folder.path("authorized")}`,
      "PidFile none",
      "StrictModes no",
      "PasswordAuthentication no",
      "PermitRootLogin prohibit-password",
      ...programs.map(([key, name]) => `${key} ${newer}/${name}`),
    ].join("\n") + "\n";
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGTERM");
    await this.#child.status;
    await this.#read;
    this.#folder[Symbol.dispose]();
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
