import { Box } from "@mui/material";
import { ToneMark } from "../parts/tone_mark.tsx";
import type { Verdict } from "./use_validation.ts";
import type { Mark } from "../model/labels.ts";
import { VERDICT_LABELS } from "../model/labels_editor.ts";

/** Result of the server's check of the files. */
export function VerdictLine({ verdict }: { readonly verdict: Verdict }) {
  const mark = markOf(verdict);
  return (
    <Box role="status" sx={{ minHeight: "1.5em", typography: "body2" }}>
      {mark !== undefined && <ToneMark {...mark} />}
    </Box>
  );
}

function markOf({ phase, issues, services, reason }: Verdict): Mark | undefined {
  switch (phase) {
    case "empty":
      return undefined;
    case "checking":
      return { word: VERDICT_LABELS.checking, tone: "busy" };
    case "unknown":
      return { word: VERDICT_LABELS.notChecked(reason), tone: "doubtful" };
    case "invalid":
      return { word: VERDICT_LABELS.invalid(issues.length), tone: "bad" };
    case "valid":
      return {
        word: VERDICT_LABELS.valid(issues.length, services),
        tone: issues.length === 0 ? "good" : "doubtful",
      };
  }
}
