import { Alert } from "@mui/material";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { formatTime } from "../../../lib/format.ts";
import { describeDownHost } from "../model/labels.ts";

/** Warnings for unreachable hosts, with the engine's error. */
export function HostNotices({ hosts }: { readonly hosts: ReadonlyMap<string, HostReport> | undefined }) {
  const down = [...hosts?.values() ?? []].filter(({ state }) => state === "down");
  return (
    <>
      {down.map(({ hostId, url, error, since, engine }) => (
        <Alert key={hostId} severity="warning" sx={{ py: 0 }}>
          {describeDownHost(hostId, formatTime(Date.parse(since)), engine !== null)}
          <br />
          {error} ({url})
        </Alert>
      ))}
    </>
  );
}
