import { Alert, Button, CircularProgress } from "@mui/material";
import { useObservable } from "../../../lib/use_observable.ts";
import type { ContainerTarget } from "../model/container_requests.ts";
import { keyOf } from "../model/container_row.ts";
import type { ContainerTask, ContainerTasks } from "../model/container_tasks.ts";
import { runningText } from "./use_container_actions.ts";

/** Props of {@linkcode TaskNotices}. */
export interface TaskNoticesProps {
  readonly tasks: ContainerTasks;
  /** Shows only the operation on this container. */
  readonly target?: ContainerTarget;
  /** Shows only failures, where the rows of a table show the rest. */
  readonly onlyFailures?: boolean;
}

/** Progress and results of the operations that this page has started. Results stay until they are dismissed. */
export function TaskNotices({ tasks, target, onlyFailures = false }: TaskNoticesProps) {
  const shown = [...useObservable(tasks.all)].filter(([key, { phase }]) =>
    (target === undefined || key === keyOf(target)) && (!onlyFailures || phase === "failed")
  );
  return (
    <>
      {shown.map(([key, task]) => (
        <TaskNotice
          key={key}
          task={task}
          onClose={() => tasks.dismiss(task.target)}
        />
      ))}
    </>
  );
}

function TaskNotice({ task, onClose }: { readonly task: ContainerTask; readonly onClose: () => void }) {
  const { phase, message, target, undo } = task;
  const style = { py: 0, overflowWrap: "anywhere" } as const;
  if (phase === "running") {
    return (
      <Alert
        severity="info"
        role="status"
        icon={<CircularProgress size={18} aria-hidden="true" />}
        sx={style}
      >
        {runningText(task)}
      </Alert>
    );
  }
  const isFailed = phase === "failed";
  return (
    <Alert
      severity={isFailed ? "error" : "success"}
      role={isFailed ? "alert" : "status"}
      onClose={onClose}
      sx={style}
    >
      {message ?? target.name}
      {!isFailed && undo !== undefined && (
        <Button size="small" color="inherit" sx={{ ml: 1, my: -0.5 }} onClick={undo.start}>
          {undo.label}
        </Button>
      )}
    </Alert>
  );
}
