import { Alert, Box, Skeleton, Stack, Typography } from "@mui/material";
import type { ImageUpdate } from "../../../../../server/protocol/images/updates.ts";
import { ActionButton } from "../../components/action_button.tsx";
import { PanelList } from "../../components/design/panel_list.ts";
import { TOUCH_TARGETS } from "../../components/design/touch.ts";
import { EmptyState } from "../../components/empty_state.tsx";
import { useAbout, useObstacle } from "../../lib/client.ts";
import { LABELS } from "./labels.ts";
import { countNewer, sortUpdates } from "./sorted_updates.ts";
import { UpdateLine } from "./update_line.tsx";
import { type UpdatesState, useUpdates } from "./use_updates.ts";

/** Newer images of all hosts, with a button that asks the registries. */
export default function UpdatesPage() {
  const state = useUpdates();
  return (
    <Box
      role="region"
      aria-label={LABELS.title}
      tabIndex={0}
      sx={{ p: { xs: 1, sm: 2 }, overflow: "auto", flexGrow: 1, ...TOUCH_TARGETS }}
    >
      <Stack direction="row" useFlexGap spacing={2} sx={{ alignItems: "center", flexWrap: "wrap", mb: 2 }}>
        <Box sx={{ minWidth: 0, flexGrow: 1 }}>
          <Typography variant="h1">{LABELS.title}</Typography>
          <Typography variant="body2" color="text.secondary">{LABELS.subtitle}</Typography>
        </Box>
        <CheckButton state={state} />
      </Stack>
      {state.failure !== undefined && <Alert severity="error" sx={{ mb: 2 }}>{state.failure}</Alert>}
      <Content state={state} />
    </Box>
  );
}

function CheckButton({ state: { checking, check } }: { readonly state: UpdatesState }) {
  const obstacle = useObstacle();
  return (
    <ActionButton
      label={checking ? LABELS.checking : LABELS.check}
      help={LABELS.checkHelp}
      obstacle={obstacle ?? (checking ? LABELS.checking : undefined)}
      variant="contained"
      onClick={check}
    />
  );
}

function Content({ state: { updates, failure } }: { readonly state: UpdatesState }) {
  const about = useAbout();
  if (about !== undefined && about.access !== "full") return <EmptyState title={LABELS.signIn} />;
  if (updates === undefined) return failure === undefined && <Skeleton variant="rounded" height={160} />;
  if (updates.length === 0) {
    return (
      <EmptyState title={LABELS.empty}>{about?.simulated ? LABELS.simulated : LABELS.emptyHint}</EmptyState>
    );
  }
  return <UpdateList updates={updates} />;
}

function UpdateList({ updates }: { readonly updates: readonly ImageUpdate[] }) {
  const newer = countNewer(updates);
  const hasHosts = new Set(updates.map(({ hostId }) => hostId)).size > 1;
  const isKnown = updates.every(({ state }) => state !== "unknown") &&
    updates.some(({ state }) => state === "current");
  return (
    <>
      <Typography role="status" sx={{ mb: 1 }}>
        {newer > 0 ? LABELS.counts(newer) : isKnown && LABELS.allCurrent}
      </Typography>
      <PanelList aria-label={LABELS.list}>
        {sortUpdates(updates).map((update) => (
          <UpdateLine
            key={`${update.hostId} ${update.image} ${update.digest}`}
            update={update}
            hasHosts={hasHosts}
          />
        ))}
      </PanelList>
    </>
  );
}
