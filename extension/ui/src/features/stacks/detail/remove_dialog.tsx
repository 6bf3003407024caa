import { Checkbox, FormControlLabel, Radio, RadioGroup, Typography } from "@mui/material";
import { useState } from "react";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { ConfirmDialog } from "../../../components/confirm_dialog.tsx";
import { REMOVE_LABELS } from "../model/labels_remove.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import type { RemovalOptions } from "../model/stack_requests.ts";
import { RemovalResult } from "./removal_result.tsx";
import { useRemovalPreview } from "./use_removal_preview.ts";

/** Props of {@linkcode RemoveDialog}. */
export interface RemoveDialogProps {
  readonly feed: StackFeed;
  readonly stack: Stack;
  readonly onRemove: (options: RemovalOptions) => void;
  readonly onCancel: () => void;
}

/** Confirms the removal of a stack or project, and lists what goes and what stays. Volumes stay unless selected. */
export function RemoveDialog({ feed, stack, onRemove, onCancel }: RemoveDialogProps) {
  const [options, setOptions] = useState<RemovalOptions>({ volumes: false, keep: false });
  const { preview, failure } = useRemovalPreview(feed, stack, options);
  const { keep, volumes } = options;
  return (
    <ConfirmDialog
      title={REMOVE_LABELS.title(stack.name)}
      action={keep ? REMOVE_LABELS.release : REMOVE_LABELS.action}
      width="sm"
      isWaiting={preview === undefined && failure === undefined}
      onConfirm={() => onRemove(options)}
      onCancel={onCancel}
    >
      {stack.managed && <Extent keep={keep} onKeep={(keep) => setOptions({ volumes: false, keep })} />}
      {!keep && <Volumes volumes={volumes} onVolumes={(volumes) => setOptions({ volumes, keep: false })} />}
      <RemovalResult stack={stack} options={options} preview={preview} failure={failure} />
    </ConfirmDialog>
  );
}

function Extent({ keep, onKeep }: { readonly keep: boolean; readonly onKeep: (keep: boolean) => void }) {
  const choices = [["remove", REMOVE_LABELS.removeChoice], ["release", REMOVE_LABELS.releaseChoice]] as const;
  return (
    <RadioGroup
      aria-label={REMOVE_LABELS.choice}
      value={keep ? "release" : "remove"}
      onChange={({ target }) => onKeep(target.value === "release")}
    >
      {choices.map(([value, label]) => (
        <FormControlLabel
          key={value}
          value={value}
          control={<Radio size="small" />}
          label={<Typography variant="body2">{label}</Typography>}
        />
      ))}
    </RadioGroup>
  );
}

interface VolumesProps {
  readonly volumes: boolean;
  readonly onVolumes: (volumes: boolean) => void;
}

function Volumes({ volumes, onVolumes }: VolumesProps) {
  return (
    <>
      <FormControlLabel
        control={
          <Checkbox
            size="small"
            checked={volumes}
            onChange={({ target }) => onVolumes(target.checked)}
          />
        }
        label={<Typography variant="body2">{REMOVE_LABELS.volumes}</Typography>}
      />
      <Typography color={volumes ? "error" : "text.secondary"} variant="body2">
        {volumes ? REMOVE_LABELS.volumesRemoved : REMOVE_LABELS.volumesKept}
      </Typography>
    </>
  );
}
