/** Finds DockStat's own container, whose terminals are refused because it holds the token. */
import { runsInContainer } from "../stacks/hosts.ts";
import { fieldsOf, textOf } from "../untrusted_json.ts";

/** Facts about where DockStat runs; options for tests. */
export interface OwnFacts {
  /** Name of this machine; in a container the start of its id, unless it was set. */
  readonly hostname: string | undefined;
  readonly inContainer: boolean;
  /** Hardware addresses of this machine's networks. */
  readonly macs: readonly string[];
}

/** Hostname that engines give to a container. */
const SHORT_ID = /^[0-9a-f]{12,64}$/;
/** Title of DockStat's image. */
const TITLE = "DockStat";

/** Compares containers with the one that DockStat runs in. */
export class OwnContainer {
  constructor(readonly facts: () => OwnFacts) {}

  /** Reports whether a container is DockStat's own, by its id, its networks, or the title of its image. */
  is(id: string, inspection: unknown): boolean {
    const { hostname = "", inContainer, macs } = this.facts();
    if (SHORT_ID.test(hostname) && id.startsWith(hostname)) return true;
    if (!inContainer) return false;
    const { Config, NetworkSettings } = fieldsOf(inspection);
    const networks = Object.values(fieldsOf(fieldsOf(NetworkSettings)["Networks"]));
    if (networks.some((network) => macs.includes(textOf(fieldsOf(network)["MacAddress"]) || "none"))) {
      return true;
    }
    return fieldsOf(fieldsOf(Config)["Labels"])["org.opencontainers.image.title"] === TITLE;
  }
}

/** Returns where this process runs. */
export function ownFacts(hostname: string | undefined): OwnFacts {
  const inContainer = runsInContainer();
  return { hostname, inContainer, macs: inContainer ? macAddresses() : [] };
}

function macAddresses(): readonly string[] {
  try {
    return Deno.networkInterfaces().map(({ mac }) => mac).filter((mac) => !/^[0:]*$/.test(mac));
  } catch (error) {
    // Without the permission, the hostname and the image still identify the container.
    if (error instanceof Deno.errors.NotCapable) return [];
    throw error;
  }
}
