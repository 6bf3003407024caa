import { Box, Button, Drawer, IconButton, Typography, useMediaQuery, useTheme } from "@mui/material";
import { type ReactNode, useState } from "react";
import { TIME_FORMS } from "../../lib/lines/line_time.ts";
import { DisplayIcon, FilterIcon, PauseIcon } from "../icons.tsx";
import { mainElement } from "../main_element.ts";
import { type ChoiceGroup, ChoiceMenu } from "./controls/choice_menu.tsx";
import { LABELS, MODE_LABELS, STREAM_LABELS, TIME_LABELS } from "./controls/labels.ts";
import { LevelChips } from "./controls/level_chips.tsx";
import { RangeMenu, type RangeMenuProps } from "./controls/range_menu.tsx";
import { SearchBox, type SearchBoxProps } from "./controls/search_box.tsx";
import type { MatchMode } from "../../lib/lines/log_address.ts";
import type { LogModel } from "./use_log_model.ts";
import type { LogSettings } from "./use_log_settings.ts";

/** Props of {@linkcode LogToolbar}. */
export interface LogToolbarProps extends Pick<RangeMenuProps, "onJump" | "onSpan"> {
  readonly model: LogModel;
  readonly settings: LogSettings;
  readonly onSettings: (changes: Partial<LogSettings>) => void;
  readonly search: SearchBoxProps;
  readonly following: boolean;
  readonly onPause: () => void;
  /** True if the lines have a stream. */
  readonly hasStreams: boolean;
  /** Number of lines, as text. */
  readonly count: string;
  /** Further controls, and the download. */
  readonly children: ReactNode;
}

/** Controls of a log in one row; on a phone, all but the search are in a sheet. */
export function LogToolbar(props: LogToolbarProps) {
  const isPhone = useMediaQuery(useTheme().breakpoints.down("sm"));
  const [isOpen, setOpen] = useState(false);
  return (
    <Box sx={{ display: "flex", alignItems: "center", gap: 0.75, flexShrink: 0, minHeight: 38, px: 1 }}>
      <SearchBox {...props.search} />
      {isPhone
        ? (
          <>
            <IconButton
              size="small"
              aria-label={LABELS.filters}
              title={LABELS.filters}
              onClick={() => setOpen(true)}
            >
              <FilterIcon fontSize="small" color={props.model.isFiltered ? "primary" : "inherit"} />
            </IconButton>
            <Drawer container={mainElement} anchor="bottom" open={isOpen} onClose={() => setOpen(false)}>
              <Sheet {...props} />
            </Drawer>
          </>
        )
        : <Controls {...props} />}
      {props.following && <PauseButton onPause={props.onPause} />}
    </Box>
  );
}

function PauseButton({ onPause }: { readonly onPause: () => void }) {
  return (
    <IconButton size="small" aria-label={LABELS.pause} title={LABELS.pause} onClick={onPause}>
      <PauseIcon fontSize="small" />
    </IconButton>
  );
}

function Controls(props: LogToolbarProps) {
  const { model, settings, onSettings, hasStreams, count, children, onSpan, onJump } = props;
  return (
    <>
      {model.query.text !== "" && (
        <ChoiceMenu label={modeLabel(model.matchMode)} groups={[modeGroup(model)]} />
      )}
      <LevelChips
        counts={model.counts}
        chosen={model.filter.levels}
        onChange={(levels) => model.setFilter({ levels })}
      />
      <Typography
        component="span"
        noWrap
        sx={{
          fontSize: 12,
          color: "text.secondary",
          ml: "auto",
          pl: 1,
          display: { xs: "none", md: "block" },
        }}
      >
        {count}
      </Typography>
      <Box
        sx={{ display: "flex", alignItems: "center", gap: 0.25, ml: { xs: "auto", md: 0 }, flexShrink: 0 }}
      >
        <RangeMenu
          span={model.filter.span}
          form={timeForm(settings)}
          onSpan={onSpan}
          {...onJump && { onJump }}
        />
        <ChoiceMenu
          label={LABELS.display}
          icon={<DisplayIcon fontSize="small" />}
          groups={displayGroups(model, settings, onSettings, hasStreams)}
        />
        {children}
      </Box>
    </>
  );
}

/** The controls as a list, with large targets. */
function Sheet(props: LogToolbarProps) {
  const { model, settings, onSettings, hasStreams, count, children, onSpan, onJump } = props;
  const groups = [modeGroup(model), ...displayGroups(model, settings, onSettings, hasStreams)];
  return (
    <Box
      role="region"
      aria-label={LABELS.filtersTitle}
      sx={{ p: 2, display: "grid", gap: 1.5, maxHeight: "75vh", overflow: "auto" }}
    >
      <Typography variant="body2" color="text.secondary">{count}</Typography>
      <Box sx={{ overflowX: "auto" }}>
        <LevelChips
          counts={model.counts}
          chosen={model.filter.levels}
          onChange={(levels) => model.setFilter({ levels })}
        />
      </Box>
      <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: 1 }}>
        <RangeMenu
          span={model.filter.span}
          form={timeForm(settings)}
          onSpan={onSpan}
          {...onJump && { onJump }}
        />
        {children}
      </Box>
      {groups.map(({ title, choices }) => (
        <Box key={title} role="group" aria-label={title}>
          <Typography variant="body2" color="text.secondary">{title}</Typography>
          <Box sx={{ display: "flex", flexWrap: "wrap", gap: 0.5 }}>
            {choices.map(({ label, isChosen, onChoose }) => (
              <Button
                key={label}
                size="small"
                variant={isChosen ? "contained" : "outlined"}
                disableElevation
                aria-pressed={isChosen}
                onClick={onChoose}
                sx={{ minHeight: 40 }}
              >
                {label}
              </Button>
            ))}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

function timeForm({ times }: LogSettings): "local" | "utc" {
  return times === "utc" ? "utc" : "local";
}

const MODES: readonly (readonly [keyof typeof MODE_LABELS, MatchMode])[] = [
  ["mark", { mode: "mark", context: 0 }],
  ["only", { mode: "only", context: 0 }],
  ["around", { mode: "only", context: 3 }],
  ["exclude", { mode: "exclude", context: 0 }],
];

function isMode(one: MatchMode, other: MatchMode): boolean {
  return one.mode === other.mode && one.context === other.context;
}

function modeLabel(mode: MatchMode): string {
  return MODE_LABELS[MODES.find(([, one]) => isMode(one, mode))![0]];
}

function modeGroup({ matchMode, setMatchMode }: LogModel): ChoiceGroup {
  return {
    title: LABELS.searchMode,
    kind: "one",
    choices: MODES.map(([key, mode]) => ({
      label: MODE_LABELS[key],
      isChosen: isMode(mode, matchMode),
      onChoose: () => setMatchMode(mode),
    })),
  };
}

function displayGroups(
  { filter, setFilter }: LogModel,
  settings: LogSettings,
  onSettings: (changes: Partial<LogSettings>) => void,
  hasStreams: boolean,
): readonly ChoiceGroup[] {
  const toggle = (key: "wrap" | "raw" | "histogram") => ({
    label: LABELS[key],
    isChosen: settings[key],
    onChoose: () => onSettings({ [key]: !settings[key] }),
  });
  const times: ChoiceGroup = {
    title: LABELS.times,
    kind: "one",
    choices: TIME_FORMS.map((form) => ({
      label: TIME_LABELS[form],
      isChosen: settings.times === form,
      onChoose: () => onSettings({ times: form }),
    })),
  };
  const display: ChoiceGroup = {
    title: LABELS.display,
    kind: "any",
    choices: [toggle("wrap"), toggle("raw"), toggle("histogram")],
  };
  if (!hasStreams) return [times, display];
  const streams: ChoiceGroup = {
    title: LABELS.stream,
    kind: "one",
    choices: (["all", "stdout", "stderr"] as const).map((stream) => ({
      label: STREAM_LABELS[stream],
      isChosen: filter.stream === stream,
      onChoose: () => setFilter({ stream }),
    })),
  };
  return [times, display, streams];
}
