import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  LinearProgress,
  Typography,
} from "@mui/material";
import { useEffect, useId, useState } from "react";
import type { PruneItem } from "../../../../../server/protocol/resources/prune.ts";
import { useClient } from "../../lib/client.ts";
import { CleanupGroupList, selectionText } from "./cleanup_group.tsx";
import { chosenOf, firstSelection, groupsOf, toSelection, withItems } from "./cleanup_selection.ts";
import { CLEANUP } from "./labels.ts";
import { sendPrune } from "./requests.ts";
import { HostChoice } from "./toolbar.tsx";
import { type Removal, useRemoval } from "./use_removal.ts";
import { type Unused, useUnused } from "./use_unused.ts";

/** Props of {@linkcode CleanupDialog}. */
export interface CleanupDialogProps {
  readonly hostIds: readonly string[];
  readonly onClose: () => void;
  /** Called when a removal has ended. */
  readonly onRemoved: () => void;
}

/** Lists what no container uses, and removes exactly what is selected. Volumes are never selected at first. */
export default function CleanupDialog({ hostIds, onClose, onRemoved }: CleanupDialogProps) {
  const titleId = useId();
  const { transport } = useClient();
  const [hostId = hostIds[0], setHostId] = useState<string>();
  const [round, setRound] = useState(0);
  const unused = useUnused(hostId, round);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setSelected(firstSelection(unused.preview?.items ?? [])), [unused.preview]);
  const removal = useRemoval(onRemoved);
  const chosen = chosenOf(unused.preview?.items ?? [], selected);
  const isRunning = removal.state?.phase === "running";
  const listAgain = () => {
    removal.dismiss();
    setRound(round + 1);
  };
  const remove = () => {
    const { preview } = unused;
    if (preview === undefined || hostId === undefined) return;
    void removal.run(() => sendPrune(transport, hostId, toSelection(preview, selected)));
  };
  return (
    <Dialog open onClose={isRunning ? undefined : onClose} aria-labelledby={titleId} fullWidth maxWidth="sm">
      <DialogTitle id={titleId}>{CLEANUP.title}</DialogTitle>
      <DialogContent sx={{ minHeight: 180 }}>
        {removal.state === undefined
          ? (
            <>
              <Intro
                hostIds={hostIds}
                hostId={hostId}
                onHost={(next) => setHostId(next ?? undefined)}
              />
              <Choice
                unused={unused}
                selected={selected}
                onSelect={(own, isOn) =>
                  setSelected(withItems(selected, own, isOn))}
              />
            </>
          )
          : <Progress removal={removal} />}
      </DialogContent>
      <Footer
        {...{ chosen, removal, hostId: hostId ?? "", onClose }}
        onRemove={remove}
        onListAgain={listAgain}
      />
    </Dialog>
  );
}

interface IntroProps {
  readonly hostIds: readonly string[];
  readonly hostId: string | undefined;
  readonly onHost: (hostId: string | null) => void;
}

function Intro({ hostIds, hostId, onHost }: IntroProps) {
  return (
    <>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>{CLEANUP.intro}</Typography>
      {hostIds.length > 1 && <HostChoice hostIds={hostIds} value={hostId ?? null} onChange={onHost} />}
    </>
  );
}

interface ChoiceProps {
  readonly unused: Unused;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (items: readonly PruneItem[], isOn: boolean) => void;
}

function Choice({ unused: { preview, failure }, selected, onSelect }: ChoiceProps) {
  if (failure !== undefined) return <Alert severity="error" sx={{ mt: 1 }}>{failure}</Alert>;
  if (preview === undefined) return <LinearProgress aria-label={CLEANUP.loading} sx={{ mt: 1 }} />;
  if (preview.items.length === 0) return <Typography sx={{ mt: 2 }}>{CLEANUP.nothing}</Typography>;
  return (
    <>
      {groupsOf(preview.items).map((group) => (
        <CleanupGroupList key={group.kind} group={group} selected={selected} onSelect={onSelect} />
      ))}
      {preview.sizeReason !== null && (
        <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
          {CLEANUP.orMore(preview.sizeReason)}
        </Typography>
      )}
    </>
  );
}

function Progress({ removal: { state } }: { readonly removal: Removal }) {
  if (state?.phase === "running") {
    return (
      <div role="status">
        <Typography variant="body2" sx={{ mb: 1, overflowWrap: "anywhere" }}>
          {state.message ?? CLEANUP.removing}
        </Typography>
        <LinearProgress aria-label={CLEANUP.removing} />
      </div>
    );
  }
  const isFailed = state?.phase === "failed";
  return (
    <Alert
      severity={isFailed ? "error" : "success"}
      role={isFailed ? "alert" : "status"}
      sx={{ overflowWrap: "anywhere" }}
    >
      {state?.message}
    </Alert>
  );
}

interface FooterProps {
  readonly chosen: readonly PruneItem[];
  readonly hostId: string;
  readonly removal: Removal;
  readonly onClose: () => void;
  readonly onRemove: () => void;
  readonly onListAgain: () => void;
}

/** Names what is selected, and on which host, beside the button that removes it. */
function Footer({ chosen, hostId, removal: { state, cancel }, onClose, onRemove, onListAgain }: FooterProps) {
  if (state?.phase === "running") {
    return (
      <DialogActions>
        <Button onClick={cancel} disabled={state.operationId === undefined}>{CLEANUP.stop}</Button>
      </DialogActions>
    );
  }
  if (state !== undefined) {
    return (
      <DialogActions>
        <Button onClick={onListAgain}>{CLEANUP.listAgain}</Button>
        <Button onClick={onClose} variant="contained" disableElevation>{CLEANUP.close}</Button>
      </DialogActions>
    );
  }
  return (
    <DialogActions sx={{ flexWrap: "wrap" }}>
      {chosen.length > 0 && (
        <Typography variant="body2" sx={{ flex: { xs: "1 1 100%", sm: "1 1 0" }, pl: 1.5 }}>
          {selectionText(chosen, hostId)}
        </Typography>
      )}
      <Button onClick={onClose} autoFocus>{CLEANUP.cancel}</Button>
      <Button
        onClick={onRemove}
        color="error"
        variant="contained"
        disableElevation
        disabled={chosen.length === 0}
      >
        {CLEANUP.remove(chosen.length)}
      </Button>
    </DialogActions>
  );
}
