import { Box, Checkbox, FormControlLabel, Typography } from "@mui/material";
import { COLORS, TABULAR } from "../../components/design/tokens.ts";
import { formatAge, formatBytes } from "../../lib/format.ts";
import type { PruneItem } from "../../../../../server/protocol/resources/prune.ts";
import { bytesOf, type CleanupGroup, itemKey } from "./cleanup_selection.ts";
import { CLEANUP, LABELS } from "./labels.ts";
import { shortName } from "./resource_row.ts";

/** Number of items that have a checkbox; the checkbox of the kind selects the others as well. */
const MOST_SHOWN = 300;

/** Props of {@linkcode CleanupGroupList}. */
export interface CleanupGroupProps {
  readonly group: CleanupGroup;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (items: readonly PruneItem[], isOn: boolean) => void;
}

/** The items of one kind: a checkbox for all, and one for each. */
export function CleanupGroupList({ group: { kind, items, bytes }, selected, onSelect }: CleanupGroupProps) {
  const count = items.filter((item) => selected.has(itemKey(item))).length;
  const help = kind === "volume" ? CLEANUP.volumesHelp : kind === "container" ? CLEANUP.logsHelp : undefined;
  return (
    <Box component="section" aria-label={CLEANUP.kinds[kind]} sx={{ mt: 1.5 }}>
      <FormControlLabel
        control={
          <Checkbox
            size="small"
            checked={count === items.length}
            indeterminate={count > 0 && count < items.length}
            onChange={(_, isOn) => onSelect(items, isOn)}
          />
        }
        label={
          <Typography variant="subtitle2" component="h3">
            {CLEANUP.kinds[kind]} <Quiet>{CLEANUP.count(items.length, bytes)}</Quiet>
          </Typography>
        }
      />
      {help !== undefined && (
        <Typography variant="body2" color="text.secondary" sx={{ mb: 0.5 }}>{help}</Typography>
      )}
      <Box component="ul" sx={LIST}>
        {items.slice(0, MOST_SHOWN).map((item) => (
          <li key={itemKey(item)}>
            <Item
              item={item}
              isOn={selected.has(itemKey(item))}
              onChange={(isOn) => onSelect([item], isOn)}
            />
          </li>
        ))}
        {items.length > MOST_SHOWN && <li>{LABELS.more(items.length - MOST_SHOWN)}</li>}
      </Box>
    </Box>
  );
}

const LIST = {
  m: 0,
  p: 0,
  pl: 1.5,
  listStyle: "none",
  maxHeight: 220,
  overflowY: "auto",
  borderLeft: `1px solid ${COLORS.line}`,
} as const;

interface ItemProps {
  readonly item: PruneItem;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Item({ item, isOn, onChange }: ItemProps) {
  const { name, created, bytes, projects, note, kind } = item;
  const age = created === null ? "" : formatAge(Math.max(0, Date.now() - Date.parse(created)));
  const facts = [...projects, note === "local" ? "" : note ?? "", age].filter((fact) => fact !== "");
  return (
    <FormControlLabel
      sx={{ display: "flex", mr: 0, "& .MuiFormControlLabel-label": { flexGrow: 1, minWidth: 0 } }}
      control={
        <Checkbox
          size="small"
          checked={isOn}
          onChange={(_, next) => onChange(next)}
          sx={{ p: 0.5 }}
        />
      }
      label={
        <Box component="span" sx={{ display: "flex", gap: 1, ...TABULAR, fontSize: 13 }}>
          <Box component="span" title={name} sx={NAME}>{shortName(name)}</Box>
          <Quiet>{facts.join(" · ")}</Quiet>
          {kind !== "network" && (
            <Box component="span" sx={{ ml: "auto", pr: 1, flexShrink: 0 }}>
              {bytes === null ? "–" : formatBytes(bytes)}
            </Box>
          )}
        </Box>
      }
    />
  );
}

const NAME = { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", minWidth: 40 } as const;

/** Facts about an item, which are cut before its name is. */
function Quiet({ children }: { readonly children: string }) {
  return (
    <Box
      component="span"
      sx={{ ...NAME, color: COLORS.inkMuted, fontWeight: 400, flexShrink: 1000 }}
    >
      {children}
    </Box>
  );
}

/** Returns the sentence about what is selected. */
export function selectionText(chosen: readonly PruneItem[], hostId: string): string {
  const hasImages = chosen.some(({ kind }) => kind === "image");
  return CLEANUP.frees(chosen.length, bytesOf(chosen), hostId, hasImages);
}
