import { Alert, Typography } from "@mui/material";
import { useAbout } from "../../../lib/client.ts";
import type { ContainerTarget } from "../model/container_requests.ts";
import type { ContainerTasks } from "../model/container_tasks.ts";
import { changeBack, runLimits } from "./undo_limits.ts";
import { runningText, useContainerObstacle, useContainerTask } from "../parts/use_container_actions.ts";
import { DetailsPanel, type DetailsPanelProps } from "./details_panel.tsx";
import { DETAIL_LABELS } from "./labels_details.ts";
import type { LoadedDetails } from "../parts/use_details.ts";

/** Props of {@linkcode DetailsView}. */
export interface DetailsViewProps
  extends Pick<DetailsPanelProps, "ports" | "usage" | "secrets" | "onSecrets"> {
  readonly target: ContainerTarget;
  readonly loaded: LoadedDetails;
  readonly tasks: ContainerTasks;
}

/** Details of a container, or what is needed to see them. */
export function DetailsView({ target, loaded: { details, failure }, tasks, ...view }: DetailsViewProps) {
  const about = useAbout();
  const running = runningText(useContainerTask(tasks, target));
  const obstacle = useContainerObstacle() ?? running;
  if (about?.simulated) return <Alert severity="info">{DETAIL_LABELS.simulated}</Alert>;
  if (about?.access !== "full") return <Alert severity="info">{DETAIL_LABELS.signIn}</Alert>;
  return (
    <>
      {failure !== undefined && <Alert severity="warning">{DETAIL_LABELS.failed(failure)}</Alert>}
      {details === undefined
        ? failure === undefined && <Typography color="text.secondary">{DETAIL_LABELS.loading}</Typography>
        : (
          <DetailsPanel
            {...view}
            details={details}
            obstacle={obstacle}
            onLimits={(change) => runLimits(tasks, target, change, changeBack(change, details))}
          />
        )}
    </>
  );
}
