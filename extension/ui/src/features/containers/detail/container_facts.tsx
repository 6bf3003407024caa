import { Box, Typography } from "@mui/material";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { factsOf } from "./facts.ts";

/** Facts about a container, as a description list. */
export function ContainerFacts({ message }: { readonly message: DetailedStatsMessage }) {
  return (
    <Box
      component="dl"
      sx={{
        display: "grid",
        gridTemplateColumns: { xs: "max-content 1fr", md: "max-content 1fr max-content 1fr" },
        columnGap: 2,
        rowGap: 0.5,
        m: 0,
      }}
    >
      {factsOf(message).map(([name, value]) => (
        <Box key={name} sx={{ display: "contents" }}>
          <Typography component="dt" variant="body2" color="text.secondary">{name}</Typography>
          <Typography component="dd" variant="body2" sx={{ m: 0, overflowWrap: "anywhere" }}>
            {value}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
