import { Alert, Button, Paper, Snackbar, Typography } from "@mui/material";
import { useState } from "react";
import { ActionButton, ActionIcon } from "../../../../components/action_button.tsx";
import { ActionMenu } from "../../../../components/action_menu.tsx";
import { CloseIcon, MenuIcon } from "../../../../components/icons.tsx";
import { hrefTo } from "../../../../lib/route.ts";
import { useObservable } from "../../../../lib/use_observable.ts";
import type { ContainerRow } from "../../model/container_row.ts";
import type { ContainerTasks } from "../../model/container_tasks.ts";
import { ACTION_LABELS, ACTION_TEXTS } from "../../model/labels_actions.ts";
import { UNDO } from "../../parts/undo.ts";
import { useContainerObstacle } from "../../parts/use_container_actions.ts";
import { ASKS, type BulkAction, type BulkResult, type BulkTarget, runBulk, targetsOf } from "./bulk.ts";
import { BulkDialog } from "./bulk_dialog.tsx";
import { BULK_LABELS, resultText, SELECTION } from "./labels.ts";
import type { Selection } from "./selection.ts";

/** Props of {@linkcode SelectionBar}. */
export interface SelectionBarProps {
  readonly selection: Selection;
  readonly rows: readonly ContainerRow[];
  readonly tasks: ContainerTasks;
}

/** An operation that waits for a confirmation, with its containers. */
interface Asked {
  readonly action: BulkAction;
  readonly targets: readonly BulkTarget[];
}

/** Operations on the selected containers, above the end of the page, and their result. */
export default function SelectionBar({ selection, rows, tasks }: SelectionBarProps) {
  const keys = useObservable(selection.keys);
  const [asked, setAsked] = useState<Asked>();
  const { running, result, run, dismiss } = useBulk(tasks);
  const chosen = rows.filter(({ key }) => keys.has(key)).map(({ newest }) => newest);
  const start = (action: BulkAction) => {
    const targets = targetsOf(action, chosen);
    if (ASKS.has(action)) setAsked({ action, targets });
    else void run(action, targets);
  };
  return (
    <>
      {chosen.length > 0 && (
        <Paper role="toolbar" aria-label={SELECTION.bar} elevation={6} sx={BAR}>
          <Typography variant="body2" sx={{ fontWeight: 600, whiteSpace: "nowrap" }} role="status">
            {SELECTION.count(chosen.length)}
          </Typography>
          <Button size="small" onClick={() => selection.all()}>{SELECTION.all}</Button>
          <Button size="small" href={logsOf(chosen)}>{SELECTION.logs}</Button>
          <Actions chosen={chosen} running={running} onAction={start} />
          <ActionIcon
            label={SELECTION.clear}
            help={SELECTION.clear}
            icon={<CloseIcon fontSize="small" />}
            onClick={() => selection.clear()}
          />
        </Paper>
      )}
      {asked !== undefined && (
        <BulkDialog
          {...asked}
          onCancel={() => setAsked(undefined)}
          onConfirm={() => {
            setAsked(undefined);
            void run(asked.action, asked.targets);
          }}
        />
      )}
      {result !== undefined && <Result result={result} onUndo={run} onClose={dismiss} />}
    </>
  );
}

/** Returns the address of the log of one container, or of the merged log of several. */
function logsOf(chosen: readonly BulkTarget[]): string {
  const [{ hostId, id }, ...others] = chosen as readonly [BulkTarget, ...BulkTarget[]];
  return others.length === 0
    ? hrefTo("containers", hostId, id, "logs")
    : hrefTo("logs", "containers", ...chosen.flatMap((one) => [one.hostId, one.id]));
}

const BAR = {
  position: "fixed",
  bottom: { xs: "calc(8px + var(--ds-bottom, 0px))", sm: 16 },
  left: "50%",
  transform: "translateX(-50%)",
  zIndex: 3,
  display: "flex",
  flexWrap: "wrap",
  justifyContent: "center",
  alignItems: "center",
  gap: 1,
  px: 1.5,
  py: 0.75,
  maxWidth: "calc(100vw - 16px)",
  width: "max-content",
  boxSizing: "border-box",
  border: 1,
  borderColor: "divider",
} as const;

interface Bulk {
  /** Sentence about the running operation; `undefined` without one. */
  readonly running: string | undefined;
  readonly result: BulkResult | undefined;
  readonly run: (action: BulkAction, targets: readonly BulkTarget[]) => Promise<void>;
  readonly dismiss: () => void;
}

/** Runs one operation on several containers at a time. */
function useBulk(tasks: ContainerTasks): Bulk {
  const [running, setRunning] = useState<string>();
  const [result, setResult] = useState<BulkResult>();
  const run = async (action: BulkAction, targets: readonly BulkTarget[]) => {
    setResult(undefined);
    setRunning(SELECTION.running(ACTION_LABELS[action].running, targets.length));
    setResult(await runBulk(tasks, action, targets));
    setRunning(undefined);
  };
  return { running, result, run, dismiss: () => setResult(undefined) };
}

interface ActionsProps {
  readonly chosen: readonly BulkTarget[];
  readonly running: string | undefined;
  readonly onAction: (action: BulkAction) => void;
}

const BUTTONS = ["start", "stop", "restart"] as const;
const MENU = ["pause", "unpause", "kill", "remove"] as const;

/** Every operation keeps its place. One that makes no sense now is disabled, or left out of the menu. */
function Actions({ chosen, running, onAction }: ActionsProps) {
  const obstacle = useContainerObstacle() ?? running;
  const count = (action: BulkAction) => targetsOf(action, chosen).length;
  const label = (action: BulkAction) => SELECTION.of(BULK_LABELS[action], count(action), chosen.length);
  return (
    <>
      {BUTTONS.map((action) => (
        <ActionButton
          key={action}
          label={count(action) === 0 ? BULK_LABELS[action] : label(action)}
          obstacle={obstacle ?? (count(action) === 0 ? SELECTION.none : undefined)}
          onClick={() => onAction(action)}
        />
      ))}
      <ActionMenu
        label={SELECTION.more}
        icon={<MenuIcon fontSize="small" />}
        obstacle={obstacle}
        actions={MENU.filter((action) => count(action) > 0).map((action) => ({
          label: label(action),
          help: ACTION_LABELS[action].help,
          onClick: () => onAction(action),
        }))}
      />
    </>
  );
}

interface ResultProps {
  readonly result: BulkResult;
  readonly onUndo: Bulk["run"];
  readonly onClose: () => void;
}

/** Summary of an operation, with all failures and the operation that undoes it. */
function Result({ result, onUndo, onClose }: ResultProps) {
  const { action, done, failed } = result;
  const undo = done.length === 0 ? undefined : UNDO[action];
  return (
    <Snackbar
      open
      anchorOrigin={{ vertical: "bottom", horizontal: "left" }}
      sx={{ bottom: { xs: "calc(120px + var(--ds-bottom, 0px))", sm: 72 } }}
    >
      <Alert
        severity={failed.length > 0 ? "error" : "success"}
        role={failed.length > 0 ? "alert" : "status"}
        onClose={onClose}
        sx={{ alignItems: "center", maxWidth: 560, overflowWrap: "anywhere" }}
      >
        {resultText(result)}
        {undo !== undefined && (
          <Button size="small" color="inherit" onClick={() => void onUndo(undo, done)}>
            {ACTION_TEXTS.undo(BULK_LABELS[undo])}
          </Button>
        )}
      </Alert>
    </Snackbar>
  );
}
