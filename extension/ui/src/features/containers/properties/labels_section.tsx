import { Box } from "@mui/material";
import { DETAIL_LABELS } from "./labels_details.ts";
import { FactSection } from "./fact_list.tsx";

/** Labels of a container, collapsed because Compose sets many. */
export function LabelsSection({ labels }: { readonly labels: Readonly<Record<string, string>> }) {
  const entries = Object.entries(labels).sort(([one], [other]) => one.localeCompare(other));
  if (entries.length === 0) return null;
  return (
    <Box component="details" sx={{ minWidth: 0 }}>
      <Box component="summary" sx={{ cursor: "pointer", py: 0.5, fontSize: 14 }}>
        {DETAIL_LABELS.labelCount(entries.length)}
      </Box>
      <FactSection
        title={DETAIL_LABELS.labels}
        entries={entries.map(([name, value]) => ({ key: name, name, value: value === "" ? "–" : value }))}
      />
    </Box>
  );
}
