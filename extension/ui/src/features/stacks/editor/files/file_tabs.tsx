import { Box, Tab, Tabs } from "@mui/material";
import { ActionButton } from "../../../../components/action_button.tsx";
import { PlusIcon } from "../../../../components/icons.tsx";
import { VISUALLY_HIDDEN } from "../../../../components/visually_hidden.ts";
import type { EditorIssue } from "../issues.ts";
import { FILE_TAB_LABELS } from "../../model/plan/labels_files.ts";

/** A tab of the editor. */
export interface FileTab {
  /** Value that identifies it, also in the ids of its elements. */
  readonly value: string;
  readonly label: string;
  /** True if its text differs from the stored one. */
  readonly isEdited: boolean;
  readonly issues: readonly Pick<EditorIssue, "severity">[];
}

/** Props of {@linkcode FileTabs}. */
export interface FileTabsProps {
  /** Prefix of ids. */
  readonly id: string;
  readonly tabs: readonly FileTab[];
  readonly current: string;
  /** Reason why no file can be added. */
  readonly obstacle: string | undefined;
  readonly onOpen: (value: string) => void;
  readonly onAdd: () => void;
}

/** Tabs of the texts and files of a stack. */
export function FileTabs({ id, tabs, current, obstacle, onOpen, onAdd }: FileTabsProps) {
  return (
    <Box sx={{ display: "flex", alignItems: "center", gap: 1, borderBottom: 1, borderColor: "divider" }}>
      <Tabs
        value={current}
        onChange={(_, value) => onOpen(value)}
        aria-label={FILE_TAB_LABELS.label}
        variant="scrollable"
        scrollButtons="auto"
        sx={{ minWidth: 0 }}
      >
        {tabs.map((tab) => (
          <Tab
            key={tab.value}
            value={tab.value}
            id={`${id}-tab-${tab.value}`}
            aria-controls={`${id}-panel-${tab.value}`}
            label={<TabLabel tab={tab} />}
            sx={{ textTransform: "none" }}
          />
        ))}
      </Tabs>
      <Box sx={{ flexShrink: 0 }}>
        <ActionButton
          label={FILE_TAB_LABELS.add}
          help={FILE_TAB_LABELS.addHelp}
          obstacle={obstacle}
          icon={<PlusIcon />}
          variant="text"
          onClick={onAdd}
        />
      </Box>
    </Box>
  );
}

function TabLabel({ tab: { label, isEdited, issues } }: { readonly tab: FileTab }) {
  return (
    <Box component="span" sx={{ display: "flex", gap: 0.75, alignItems: "baseline", whiteSpace: "nowrap" }}>
      <span>{label}</span>
      {isEdited && (
        <>
          <Box component="span" aria-hidden sx={{ color: "primary.main" }}>●</Box>
          <Box component="span" sx={VISUALLY_HIDDEN}>{FILE_TAB_LABELS.unsaved}</Box>
        </>
      )}
      {issues.length > 0 && (
        <Box component="span" sx={{ color: colorOf(issues), fontVariantNumeric: "tabular-nums" }}>
          <span aria-hidden>{issues.length}</span>
          <Box component="span" sx={VISUALLY_HIDDEN}>{FILE_TAB_LABELS.issues(issues.length)}</Box>
        </Box>
      )}
    </Box>
  );
}

function colorOf(issues: FileTab["issues"]): string {
  return issues.some(({ severity }) => severity === "error") ? "error.main" : "warning.main";
}
