import { FormControlLabel, Radio, RadioGroup, Typography } from "@mui/material";
import { useState } from "react";
import { ConfirmDialog } from "../../components/confirm_dialog.tsx";
import { REMOVAL } from "./labels.ts";
import type { ResourceRow } from "./resource_row.ts";

/** Props of {@linkcode RemovalDialog}. */
export interface RemovalDialogProps {
  readonly row: ResourceRow;
  /** Receives the only tag to remove, or `undefined` for the whole item. */
  readonly onRemove: (tag: string | undefined) => void;
  readonly onCancel: () => void;
}

const WHOLE = "";

/** Confirms the removal of an item: names what is lost, and on which host. */
export default function RemovalDialog({ row, onRemove, onCancel }: RemovalDialogProps) {
  const { kind, name, hostId, tags, frees, id } = row;
  const [tag, setTag] = useState(WHOLE);
  const isWhole = tag === WHOLE;
  return (
    <ConfirmDialog
      title={REMOVAL.title(kind, name)}
      action={REMOVAL.action}
      width="sm"
      onConfirm={() => onRemove(isWhole ? undefined : tag)}
      onCancel={onCancel}
    >
      <Typography variant="body2">{REMOVAL.host(hostId)}</Typography>
      {name !== id && <Typography variant="body2" color="text.secondary" sx={WRAPPED}>{id}</Typography>}
      {tags.length > 1 && <Tags tags={tags} value={tag} onChange={setTag} />}
      {isWhole && (
        <Typography variant="body2" color={kind === "volume" ? "error" : "text.primary"} sx={{ mt: 1 }}>
          {REMOVAL.lost[kind]}
        </Typography>
      )}
      {isWhole && frees !== null && frees > 0 && (
        <Typography variant="body2" color="text.secondary">{REMOVAL.frees(frees)}</Typography>
      )}
    </ConfirmDialog>
  );
}

const WRAPPED = { overflowWrap: "anywhere" } as const;

interface TagsProps {
  readonly tags: readonly string[];
  readonly value: string;
  readonly onChange: (tag: string) => void;
}

/** Choice between the image with all its tags, and one of them. */
function Tags({ tags, value, onChange }: TagsProps) {
  const choices = [[WHOLE, REMOVAL.allTags], ...tags.map((tag) => [tag, `${REMOVAL.onlyTag}: ${tag}`])];
  return (
    <RadioGroup
      aria-label={REMOVAL.tags}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      {choices.map(([tag = WHOLE, label]) => (
        <FormControlLabel
          key={tag}
          value={tag}
          control={<Radio size="small" />}
          label={<Typography variant="body2" sx={WRAPPED}>{label}</Typography>}
        />
      ))}
    </RadioGroup>
  );
}
