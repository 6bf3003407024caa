import { Box, Typography } from "@mui/material";
import type { ContainerHealth } from "../../../../../../server/protocol/containers.ts";
import { momentText } from "./detail_facts.ts";
import { DETAIL_LABELS } from "./labels_details.ts";
import { Section } from "./fact_list.tsx";

/** Results of a container's health check, newest first. */
export function HealthSection(
  { health: { status, failingStreak, log } }: { readonly health: ContainerHealth },
) {
  const failing = failingStreak ? `, ${DETAIL_LABELS.failing(failingStreak)}` : "";
  return (
    <Section title={DETAIL_LABELS.health}>
      <Typography variant="body2">{status ?? DETAIL_LABELS.unknown}{failing}</Typography>
      <Box component="ol" sx={{ m: 0, p: 0, listStyle: "none" }}>
        {log.toReversed().map(({ start, exitCode, output }, index) => (
          <Box component="li" key={`${start} ${index}`} sx={{ mt: 1 }}>
            <Typography variant="body2" color={exitCode === 0 ? "text.secondary" : "error"}>
              {momentText(start) ?? ""} {DETAIL_LABELS.check(exitCode)}
            </Typography>
            {output !== null && output.trim() !== "" && (
              <Box
                component="pre"
                sx={{ m: 0, fontSize: 12, whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}
              >
                {output.trim()}
              </Box>
            )}
          </Box>
        ))}
      </Box>
    </Section>
  );
}
