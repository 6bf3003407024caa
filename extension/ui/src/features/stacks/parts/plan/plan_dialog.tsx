import {
  Alert,
  AlertTitle,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Skeleton,
  Stack as Flex,
  Typography,
} from "@mui/material";
import { type ReactNode, useId } from "react";
import type { ImageUpdate } from "../../../../../../../server/protocol/images/updates.ts";
import type { PlanDraft } from "../../../../../../../server/protocol/stack_requests.ts";
import type { DeploymentPlan } from "../../../../../../../server/protocol/stacks.ts";
import { TOUCH_TARGETS } from "../../../../components/design/touch.ts";
import { COLORS } from "../../../../components/design/tokens.ts";
import { LABELS } from "../../../../components/labels.ts";
import { PLAN_LABELS } from "../../model/plan/labels_plan.ts";
import { changesNothing, type PlanGroup, planGroups } from "../../model/plan/plan_lines.ts";
import type { StackFeed } from "../../model/stack_feed.ts";
import { ToneMark } from "../tone_mark.tsx";
import { useLoaded } from "../use_loaded.ts";

/** Props of {@linkcode PlanDialog}. */
export interface PlanDialogProps {
  readonly feed: StackFeed;
  /** Question, such as "Deploy “shop”?". */
  readonly title: string;
  /** Label of the button that confirms. */
  readonly confirm: string;
  /** The texts, the update or the project that the plan is for. */
  readonly draft: PlanDraft;
  /** Host whose images are compared with the last answers of their registries; `undefined` for a plan without pulls. */
  readonly imagesOf?: string | undefined;
  /** Sentences above the plan. */
  readonly intro?: readonly string[];
  /** Sentences below the plan. */
  readonly notes?: readonly string[];
  /** Further changes of the operation, shown below the plan. */
  readonly children?: ReactNode;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Shows what an operation would change, and asks for a confirmation. */
export function PlanDialog(
  { feed, title, confirm, draft, imagesOf, intro = [], notes = [], children, onConfirm, onCancel }:
    PlanDialogProps,
) {
  const titleId = useId();
  const { value: plan, failure } = useLoaded(
    feed,
    JSON.stringify(draft),
    (signal) => feed.requests.plan(draft, signal),
  );
  const isPending = plan === undefined && failure === undefined;
  const updates = useImages(feed, imagesOf);
  return (
    <Dialog open onClose={onCancel} aria-labelledby={titleId} fullWidth maxWidth="md" sx={TOUCH_TARGETS}>
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>
        <Flex spacing={2}>
          <Sentences texts={intro} />
          {failure !== undefined && (
            <Alert severity="error" sx={{ overflowWrap: "anywhere" }}>
              <AlertTitle>{PLAN_LABELS.failed}</AlertTitle>
              {failure}
            </Alert>
          )}
          {isPending && (
            <Box role="status" aria-label={PLAN_LABELS.loading}>
              <Skeleton variant="rounded" height={120} />
            </Box>
          )}
          {plan !== undefined && <Plan plan={plan} updates={updates} />}
          <Sentences texts={notes} />
          {children}
        </Flex>
      </DialogContent>
      <DialogActions>
        <Button onClick={onCancel}>{LABELS.cancel}</Button>
        <Button variant="contained" disableElevation autoFocus disabled={isPending} onClick={onConfirm}>
          {confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Sentences({ texts }: { readonly texts: readonly string[] }) {
  return texts.map((text) => <Typography key={text} variant="body2">{text}</Typography>);
}

/** The images of a host with the last answers of their registries; a failure leaves them out. */
function useImages(feed: StackFeed, hostId: string | undefined): readonly ImageUpdate[] | undefined {
  const { value } = useLoaded(
    feed,
    `images of ${hostId}`,
    (signal) =>
      hostId === undefined ? Promise.resolve(undefined) : feed.requests.imageUpdates(hostId, signal),
  );
  return value;
}

interface PlanProps {
  readonly plan: DeploymentPlan;
  readonly updates: readonly ImageUpdate[] | undefined;
}

function Plan({ plan, updates }: PlanProps) {
  const { clashes, volumes } = plan;
  return (
    <>
      {clashes.length > 0 && (
        <Alert severity="warning" sx={{ overflowWrap: "anywhere" }}>
          <AlertTitle>{PLAN_LABELS.clashes}</AlertTitle>
          <Box component="ul" sx={{ m: 0, pl: 2 }}>
            {clashes.map(({ service, message }, index) => (
              <li key={index}>{service === null ? message : `${service}: ${message}`}</li>
            ))}
          </Box>
        </Alert>
      )}
      {changesNothing(plan)
        ? <Typography>{PLAN_LABELS.nothing}</Typography>
        : planGroups(plan, updates).map((group) => <Group key={group.title} group={group} />)}
      <Typography variant="body2" color="text.secondary">
        {volumes.length > 0 && `${PLAN_LABELS.keepsVolumes} `}
        {PLAN_LABELS.limits}
      </Typography>
    </>
  );
}

function Group({ group: { title, lines } }: { readonly group: PlanGroup }) {
  return (
    <Box component="section" aria-label={title}>
      <Typography variant="h3" component="h3" sx={{ mb: 0.5 }}>{title}</Typography>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: "none" }}>
        {lines.map(({ mark, name, detail }) => (
          <Box
            key={`${mark.word} ${name}`}
            component="li"
            sx={{
              display: "grid",
              gridTemplateColumns: { xs: "96px minmax(0, 1fr)", sm: "110px minmax(0, 2fr) minmax(0, 3fr)" },
              columnGap: 1,
              py: 0.5,
              borderTop: `1px solid ${COLORS.lineSoft}`,
              typography: "body2",
              overflowWrap: "anywhere",
            }}
          >
            <ToneMark {...mark} />
            <Box component="span" sx={{ fontWeight: 500 }}>{name}</Box>
            <Box component="span" sx={{ color: "text.secondary", gridColumn: { xs: 2, sm: "auto" } }}>
              {detail}
            </Box>
          </Box>
        ))}
      </Box>
    </Box>
  );
}
