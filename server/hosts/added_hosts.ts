/** Adds and removes hosts for the page. */
import { isLoopback } from "../address.ts";
import { AppError } from "../errors.ts";
import { forbiddenKind, isLiteral } from "../outbound/addresses.ts";
import type { NewHost } from "../protocol/hosts/new_host.ts";
import { Semaphore } from "../semaphore.ts";
import { stored } from "../store/stored.ts";
import type { AddedHost, HostsFile } from "./hosts_file.ts";
import type { LiveHosts } from "./live_hosts.ts";

/** Largest number of hosts that are added in DockStat. */
const MOST_HOSTS = 256;

const FORBIDDEN =
  "an address of another machine: only dockstat.yaml may name loopback, link-local, multicast, " +
  "metadata and reserved addresses";

/** The hosts that were added in DockStat. */
export class AddedHosts {
  #hosts: readonly AddedHost[];
  readonly #turn = new Semaphore(1);

  /**
   * @param file The file that stores them; `undefined` where nothing is stored.
   * @param runner Running operations.
   */
  constructor(
    readonly live: LiveHosts,
    readonly file: HostsFile | undefined,
    hosts: readonly AddedHost[],
    readonly runner: { all(): readonly { readonly operation: { readonly hostId: string } }[] },
  ) {
    this.#hosts = hosts;
  }

  /**
   * Stores a host and starts to read it.
   *
   * @throws {AppError} "invalid" for a forbidden address, "busy" for an id that exists, "forbidden" where nothing is
   *   stored, "no-space".
   */
  async add(request: NewHost): Promise<void> {
    checkLiteral(request.url);
    const file = this.#file();
    using _turn = await this.#turn.acquire(new AbortController().signal);
    if (this.live.endpoints.has(request.id) || this.#hosts.some(({ id }) => id === request.id)) {
      throw new AppError("busy", `Cannot add the host: a host "${request.id}" exists`);
    }
    if (this.#hosts.length >= MOST_HOSTS) {
      throw new AppError("busy", `Cannot add the host: the limit of ${MOST_HOSTS} added hosts is reached`);
    }
    await stored("add the host", async () => {
      const host = await file.putTexts(request);
      try {
        await file.write([...this.#hosts, host]);
      } catch (error) {
        await file.removeTexts(host);
        throw error;
      }
      this.#hosts = [...this.#hosts, host];
    });
    await this.live.setAdded(this.#hosts);
  }

  /**
   * Stops reading a host and forgets it; its containers run on.
   *
   * @throws {AppError} "not-found", "busy" for a host of `dockstat.yaml` or one with an operation.
   */
  async remove(id: string): Promise<void> {
    const file = this.#file();
    using _turn = await this.#turn.acquire(new AbortController().signal);
    const host = this.#hosts.find((one) => one.id === id);
    if (host === undefined) throw this.#notAdded(id);
    if (this.runner.all().some(({ operation }) => operation.hostId === id)) {
      throw new AppError(
        "busy",
        `Cannot remove the host "${id}": an operation is running on it. Wait until it ends`,
      );
    }
    const others = this.#hosts.filter((one) => one !== host);
    await stored("remove the host", () => file.write(others));
    this.#hosts = others;
    await this.live.setAdded(others);
    await file.removeTexts(host);
  }

  #file(): HostsFile {
    if (this.file !== undefined) return this.file;
    throw new AppError("forbidden", "Cannot change the hosts: this server stores no data");
  }

  #notAdded(id: string): AppError {
    const name = id.slice(0, 80);
    if (!this.live.endpoints.has(id)) return new AppError("not-found", `There is no host "${name}"`);
    return new AppError(
      "busy",
      `Cannot remove the host "${name}": it was not added in DockStat. Remove it from dockstat.yaml`,
    );
  }
}

/** Refuses addresses at once that need no resolution; those of names are checked at each connection. */
function checkLiteral(url: string): void {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, "").toLowerCase().replace(/\.$/, "");
  const kind = isLoopback(host) ? "loopback" : isLiteral(host) ? forbiddenKind(host) : undefined;
  if (kind === undefined) return;
  const message = `found ${kind}: expected ${FORBIDDEN}`;
  throw new AppError("invalid", `Cannot add the host: url: ${message}`, {
    issues: [{ path: "url", message }],
  });
}
