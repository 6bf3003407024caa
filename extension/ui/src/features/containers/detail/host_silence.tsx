import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { HostNotices } from "../parts/host_notices.tsx";

/** Warning on a container's page while its host does not answer. */
export function HostSilence({ host }: { readonly host: HostReport | undefined }) {
  return host === undefined ? null : <HostNotices hosts={new Map([[host.hostId, host]])} />;
}
