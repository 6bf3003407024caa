import { Checkbox, FormControlLabel, Typography } from "@mui/material";
import { useEffect, useState } from "react";
import type { RemovalPreview } from "../../../../../../server/protocol/removal.ts";
import type { ContainerState } from "../../../../../../server/protocol/stats.ts";
import { ConfirmDialog } from "../../../components/confirm_dialog.tsx";
import { formatBytes } from "../../../lib/format.ts";
import { reasonOf, type Transport } from "../../../lib/transport/transport.ts";
import { type ContainerRemoval, type ContainerTarget, previewRemoval } from "../model/container_requests.ts";
import { REMOVAL_LABELS } from "../model/labels_actions.ts";
import { isUp } from "./use_container_actions.ts";

/** Props of {@linkcode RemovalDialog}. */
export interface RemovalDialogProps {
  readonly transport: Transport;
  readonly target: ContainerTarget;
  readonly state: ContainerState;
  readonly onRemove: (options: ContainerRemoval) => void;
  readonly onCancel: () => void;
}

/** Confirms the removal of a container, and lists what it deletes. A running container needs force. */
export default function RemovalDialog({ transport, target, state, onRemove, onCancel }: RemovalDialogProps) {
  const [options, setOptions] = useState<ContainerRemoval>({ volumes: false, force: false });
  const { preview, failure } = usePreview(transport, target, options.volumes);
  const needsForce = isUp(state);
  return (
    <ConfirmDialog
      title={REMOVAL_LABELS.title(target.name)}
      action={REMOVAL_LABELS.action}
      width="sm"
      isWaiting={preview === undefined && failure === undefined || needsForce && !options.force}
      onConfirm={() => onRemove({ ...options, force: needsForce && options.force })}
      onCancel={onCancel}
    >
      {needsForce && (
        <>
          <Typography variant="body2">{REMOVAL_LABELS.running(state)}</Typography>
          <Choice
            label={REMOVAL_LABELS.force}
            checked={options.force}
            onChange={(force) => setOptions({ ...options, force })}
          />
        </>
      )}
      <Choice
        label={REMOVAL_LABELS.volumes}
        checked={options.volumes}
        onChange={(volumes) => setOptions({ ...options, volumes })}
      />
      <Preview hostId={target.hostId} preview={preview} failure={failure} />
    </ConfirmDialog>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function Choice({ label, checked, onChange }: ChoiceProps) {
  return (
    <FormControlLabel
      sx={{ display: "flex" }}
      control={<Checkbox size="small" checked={checked} onChange={(_, on) => onChange(on)} />}
      label={<Typography variant="body2">{label}</Typography>}
    />
  );
}

interface Loaded {
  readonly preview?: RemovalPreview | undefined;
  readonly failure?: string | undefined;
}

function usePreview(transport: Transport, target: ContainerTarget, volumes: boolean): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({});
  const { hostId, id } = target;
  useEffect(() => {
    const stop = new AbortController();
    const set = (next: Loaded) => stop.signal.aborted || setLoaded(next);
    setLoaded({});
    previewRemoval(transport, target, volumes, stop.signal)
      .then((preview) => set({ preview }), (error) => set({ failure: reasonOf(error) }));
    return () => stop.abort();
  }, [transport, hostId, id, volumes]);
  return loaded;
}

function Preview({ hostId, preview, failure }: Loaded & { readonly hostId: string }) {
  if (failure !== undefined) {
    return <Typography variant="body2" color="error">{REMOVAL_LABELS.failed(failure)}</Typography>;
  }
  if (preview === undefined) {
    return <Typography variant="body2" color="text.secondary">{REMOVAL_LABELS.loading}</Typography>;
  }
  return (
    <>
      <Typography variant="subtitle2" component="h3" sx={{ mt: 1 }}>{REMOVAL_LABELS.removed}</Typography>
      <Typography component="ul" variant="body2" sx={{ m: 0, pl: 2.5, overflowWrap: "anywhere" }}>
        {preview.containers.map((name) => <li key={`c ${name}`}>{REMOVAL_LABELS.container(name, hostId)}
        </li>)}
        {preview.volumes.map(({ name, bytes }) => (
          <li key={`v ${name}`}>{REMOVAL_LABELS.volume(name, bytes === null ? null : formatBytes(bytes))}</li>
        ))}
      </Typography>
      <Typography variant="body2" sx={{ mt: 1 }}>{REMOVAL_LABELS.final}</Typography>
      <Typography variant="body2" color="text.secondary">{REMOVAL_LABELS.stays}</Typography>
    </>
  );
}
