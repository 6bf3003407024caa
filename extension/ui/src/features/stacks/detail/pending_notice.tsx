import { Alert, AlertTitle, Box } from "@mui/material";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { useObservable } from "../../../lib/use_observable.ts";
import { failureTitle } from "../model/labels.ts";
import { PENDING_LABELS } from "../model/labels_detail.ts";
import { hasPendingChanges } from "../model/stack_list.ts";
import { useStackObstacle } from "../parts/obstacles.ts";
import { useReview } from "../parts/use_review.tsx";
import type { StackTaskProps } from "../parts/use_task.ts";

/** Props of {@linkcode PendingNotice}. */
export interface PendingNoticeProps extends StackTaskProps {
  /** Its newest operation. */
  readonly newest: Operation | undefined;
}

/** Notice that the containers do not run the stored files, or what the first deployment after an adoption changes. */
export function PendingNotice({ feed, task, stack, newest }: PendingNoticeProps) {
  const adoptions = useObservable(feed.adoptions);
  const obstacle = useStackObstacle();
  const { deploy, dialog } = useReview({ feed, task, stack });
  const { stack_id, operation } = stack;
  if (stack_id === null || operation !== null || !hasPendingChanges(stack)) return null;
  const changes = adoptions.get(stack_id);
  // The notice of the failure explains it.
  if (newest?.action === "deploying" && failureTitle(newest) !== undefined) return null;
  return (
    <Alert
      severity={changes === undefined ? "info" : "warning"}
      sx={{ "& .MuiAlert-message": { flexGrow: 1, overflowWrap: "anywhere" } }}
      {...changes === undefined ? {} : { onClose: () => feed.dismissAdoption(stack_id) }}
    >
      <AlertTitle>{changes === undefined ? PENDING_LABELS.title : PENDING_LABELS.adoptionTitle}</AlertTitle>
      {changes === undefined ? PENDING_LABELS.hint : (
        <Box component="ul" sx={{ m: 0, pl: 3 }}>
          {changes.map(({ service, message }, index) => (
            <li key={index}>{PENDING_LABELS.change(service, message)}</li>
          ))}
        </Box>
      )}
      <Box sx={{ mt: 1 }}>
        <ActionButton
          label={PENDING_LABELS.deploy}
          color="inherit"
          obstacle={obstacle}
          onClick={() => deploy()}
        />
        {dialog}
      </Box>
    </Alert>
  );
}
