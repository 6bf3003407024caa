import { Box } from "@mui/material";
import { ToneMark } from "../parts/tone_mark.tsx";
import type { Verdict } from "./use_validation.ts";
import type { Mark } from "../model/labels.ts";

/** What the server says of the texts as they are now. */
export function VerdictLine({ verdict }: { readonly verdict: Verdict }) {
  const mark = markOf(verdict);
  return (
    <Box role="status" sx={{ minHeight: "1.5em", typography: "body2" }}>
      {mark !== undefined && <ToneMark {...mark} />}
    </Box>
  );
}

function markOf({ phase, issues, services, words }: Verdict): Mark | undefined {
  switch (phase) {
    case "unasked":
      return undefined;
    case "asking":
      return { word: "Compose looks at it…", tone: "busy" };
    case "unknown":
      return { word: `It could not be checked: ${words}`, tone: "doubtful" };
    case "invalid":
      return {
        word: issues.length === 1
          ? "Compose does not take it: 1 error"
          : `Compose does not take it: ${issues.length} errors`,
        tone: "bad",
      };
    case "valid": {
      const what = services.length === 1
        ? `1 service: ${services[0]}`
        : `${services.length} services: ${services.join(", ")}`;
      return issues.length === 0
        ? { word: `Valid, ${what}`, tone: "good" }
        : { word: `Valid with warnings, ${what}`, tone: "doubtful" };
    }
  }
}
