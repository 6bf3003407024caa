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
import { useId } from "react";
import type { DeploymentPlan } from "../../../../../../server/protocol/stacks.ts";
import type { PlanDraft } from "../../../../../../server/protocol/stack_requests.ts";
import { LABELS } from "../../../components/labels.ts";
import { COLORS } from "../../../components/design/tokens.ts";
import { PLAN_LABELS } from "../model/plan/labels_plan.ts";
import { changesNothing, type PlanGroup, planGroups } from "../model/plan/plan_lines.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import type { DeployOptions } from "../model/stack_requests.ts";
import { ToneMark } from "./tone_mark.tsx";
import { useLoaded } from "./use_loaded.ts";

/** Props of {@linkcode DeployDialog}. */
export interface DeployDialogProps {
  readonly feed: StackFeed;
  /** Name of the stack. */
  readonly name: string;
  /** The texts to deploy. */
  readonly draft: PlanDraft;
  readonly options?: DeployOptions;
  readonly onDeploy: () => void;
  readonly onCancel: () => void;
}

/** Shows what a deployment would change, and asks for a confirmation. */
export function DeployDialog({ feed, name, draft, options = {}, onDeploy, onCancel }: DeployDialogProps) {
  const titleId = useId();
  const { value: plan, failure } = useLoaded(
    feed,
    JSON.stringify(draft),
    (signal) => feed.requests.plan(draft, signal),
  );
  return (
    <Dialog open onClose={onCancel} aria-labelledby={titleId} fullWidth maxWidth="md">
      <DialogTitle id={titleId}>{PLAN_LABELS.title(name)}</DialogTitle>
      <DialogContent>
        <Flex spacing={2}>
          {failure !== undefined && (
            <Alert severity="error" sx={{ overflowWrap: "anywhere" }}>
              <AlertTitle>{PLAN_LABELS.failed}</AlertTitle>
              {failure}
            </Alert>
          )}
          {plan === undefined && failure === undefined && (
            <Box role="status" aria-label={PLAN_LABELS.loading}>
              <Skeleton variant="rounded" height={120} />
            </Box>
          )}
          {plan !== undefined && <Plan plan={plan} />}
          {(["build", "recreate"] as const).filter((option) => options[option]).map((option) => (
            <Typography key={option} variant="body2">{PLAN_LABELS[option]}</Typography>
          ))}
        </Flex>
      </DialogContent>
      <DialogActions>
        <Button onClick={onCancel}>{LABELS.cancel}</Button>
        <Button
          variant="contained"
          disableElevation
          autoFocus
          disabled={plan === undefined && failure === undefined}
          onClick={onDeploy}
        >
          {PLAN_LABELS.deploy}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Plan({ plan }: { readonly plan: DeploymentPlan }) {
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
        : planGroups(plan).map((group) => <Group key={group.title} group={group} />)}
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
