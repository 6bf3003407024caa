import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { failedCheck } from "../attention/failed_check.ts";
import { useDetails } from "../parts/use_details.ts";

/** Output of the last failed health check of a container, for users with the token. */
export default function HealthOutput({ message }: { readonly message: DetailedStatsMessage }) {
  const { details } = useDetails(message, false, message.health ?? "");
  const output = failedCheck(message, details);
  return output === undefined ? null : (
    <>
      {" · "}
      <span title={output} style={{ unicodeBidi: "isolate" }}>{output}</span>
    </>
  );
}
