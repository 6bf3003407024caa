/** Tests whether an engine answers at an address, without reporting its answer. */
import { openEngine } from "../docker/docker_engine.ts";
import { makeTestFolder } from "../docker/ssh/tunnel_folder.ts";
import { AppError, reason } from "../errors.ts";
import type { HostAddress, HostTest } from "../protocol/hosts/new_host.ts";

/** Longest test, ms. */
const PATIENCE_MS = 5000;
/** Tests per minute; more would scan a network. */
const MOST_TESTS = 10;
const WINDOW_MS = 60_000;

/** Signs of a failed login or an invalid certificate, in the messages of TLS and ssh. */
const UNTRUSTED = /certificate|issuer|verif|alert|tls|permission denied|host key|authent/i;
const UNREACHABLE =
  /resolve|refused|unreachable|no route|timed? ?out|in time|too long|network|ECONN|EHOST|ENET|closed/i;

/** Tests of addresses, limited in number. */
export class HostTests {
  #begun: readonly number[] = [];

  /**
   * @param folder Folder for the PEM files of a test; the system's temporary folder by default.
   * @param now Clock that is never set, ms.
   */
  constructor(readonly folder?: string, readonly now: () => number = () => performance.now()) {}

  /**
   * Connects to an engine once.
   *
   * @throws {AppError} "too-many" after ten tests within a minute.
   */
  async run({ url, tls = {} }: HostAddress): Promise<HostTest> {
    this.#count();
    await using folder = await makeTestFolder(this.folder);
    try {
      const paths: Record<string, string> = {};
      for (const [key, text] of Object.entries(tls)) {
        if (text === undefined) continue;
        paths[key] = `${folder.path}/${key}.pem`;
        await Deno.writeTextFile(paths[key], text, { mode: 0o600 });
      }
      const secured = Object.keys(paths).length > 0 && { tls: paths };
      await using engine = openEngine({ url, guarded: true, ...secured });
      await engine.connect(AbortSignal.timeout(PATIENCE_MS));
      return { outcome: "connected" };
    } catch (error) {
      return { outcome: outcomeOf(error) };
    }
  }

  #count(): void {
    const now = this.now();
    this.#begun = this.#begun.filter((begun) => now - begun < WINDOW_MS);
    const [first = now] = this.#begun;
    if (this.#begun.length >= MOST_TESTS) {
      const seconds = Math.max(1, Math.ceil((first + WINDOW_MS - now) / 1000));
      throw new AppError("too-many", `Too many tests of hosts. Try again in ${seconds} s`, {
        headers: { "retry-after": String(seconds) },
      });
    }
    this.#begun = [...this.#begun, now];
  }
}

/** Returns the outcome of a failed test. */
export function outcomeOf(error: unknown): Exclude<HostTest["outcome"], "connected"> {
  if (error instanceof AppError && error.code === "forbidden") return "forbidden-address";
  const message = reason(error);
  if (UNTRUSTED.test(message)) return "untrusted";
  return UNREACHABLE.test(message) ? "unreachable" : "not-an-engine";
}
