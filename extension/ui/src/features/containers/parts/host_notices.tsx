import { Alert } from "@mui/material";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { formatTime } from "../../../lib/format.ts";

/** Says which hosts cannot be read, since when, in the engine's words, and what helps. */
export function HostNotices({ hosts }: { readonly hosts: ReadonlyMap<string, HostReport> | undefined }) {
  const down = [...hosts?.values() ?? []].filter(({ state }) => state === "down");
  return (
    <>
      {down.map(({ hostId, url, error, since, engine }) => (
        <Alert key={hostId} severity="warning" sx={{ py: 0 }}>
          Host {hostId} cannot be read since {formatTime(Date.parse(since))}: {error} ({url}).{" "}
          {engine === null
            ? "It has not answered since DockStat was started."
            : "What is shown of it is the last that is known."}{" "}
          DockStat tries again by itself; check that the engine runs there and that its address is right.
        </Alert>
      ))}
    </>
  );
}
