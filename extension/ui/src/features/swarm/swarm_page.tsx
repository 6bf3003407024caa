import { Alert, Box, Skeleton, Stack as Flex, Typography } from "@mui/material";
import { useState } from "react";
import type { Operation } from "../../../../../server/protocol/operations.ts";
import type { Swarm } from "../../../../../server/protocol/swarm/swarm.ts";
import { TOUCH_TARGETS } from "../../components/design/touch.ts";
import { ActionButton } from "../../components/action_button.tsx";
import { EmptyState } from "../../components/empty_state.tsx";
import { useAbout, useObstacle } from "../../lib/client.ts";
import { goTo } from "../../lib/route.ts";
import { ChangeDialog } from "./change_dialog.tsx";
import { ActivityList, isOpen } from "./activity_list.tsx";
import { doingText, LABELS } from "./labels.ts";
import { NodeTable } from "./node_table.tsx";
import type { Change } from "./requests.ts";
import { ServiceList } from "./service_list.tsx";
import { type SwarmsState, useSwarms } from "./use_swarms.ts";

/** Nodes, services and tasks of the swarms whose managers are hosts. */
export default function SwarmPage() {
  const state = useSwarms();
  const [asked, setAsked] = useState<Change>();
  const obstacle = useObstacle();
  return (
    <Box
      role="region"
      aria-label={LABELS.title}
      tabIndex={0}
      sx={{ p: { xs: 1, sm: 2 }, overflow: "auto", flexGrow: 1, ...TOUCH_TARGETS }}
    >
      <Flex spacing={2} sx={{ maxWidth: 1600, mx: "auto" }}>
        <Box sx={{ display: "flex", alignItems: "center", gap: 1 }}>
          <Typography variant="h1" sx={{ flexGrow: 1 }}>{LABELS.title}</Typography>
          {state.swarms?.length === 1 && (
            <NewStackButton hostId={state.swarms[0]!.hostId} obstacle={obstacle} />
          )}
        </Box>
        {state.failure !== undefined && <Alert severity="error">{state.failure}</Alert>}
        {state.message !== undefined && (
          <Alert severity={state.message.severity} role="status">{state.message.text}</Alert>
        )}
        <Content
          state={state}
          obstacle={obstacle ?? (state.isBusy ? LABELS.busy : undefined)}
          onChange={setAsked}
        />
      </Flex>
      {asked !== undefined && (
        <ChangeDialog
          change={asked}
          onCancel={() => setAsked(undefined)}
          onConfirm={(change) => {
            setAsked(undefined);
            state.run(change);
          }}
        />
      )}
    </Box>
  );
}

interface ContentProps {
  readonly state: SwarmsState;
  readonly obstacle: string | undefined;
  readonly onChange: (change: Change) => void;
}

function Content({ state: { swarms, failure }, ...rest }: ContentProps) {
  const about = useAbout();
  if (about !== undefined && about.access !== "full") return <EmptyState title={LABELS.signIn} />;
  if (about?.simulated) return <EmptyState title={LABELS.empty}>{LABELS.simulated}</EmptyState>;
  if (swarms === undefined) return failure === undefined && <Skeleton variant="rounded" height={160} />;
  if (swarms.length === 0) return <EmptyState title={LABELS.empty}>{LABELS.emptyHint}</EmptyState>;
  return swarms.map((swarm) => (
    <OneSwarm key={swarm.hostId} swarm={swarm} isNamed={swarms.length > 1} {...rest} />
  ));
}

interface OneSwarmProps extends Omit<ContentProps, "state"> {
  readonly swarm: Swarm;
  /** True to name the host. */
  readonly isNamed: boolean;
}

function OneSwarm({ swarm, isNamed, obstacle, onChange }: OneSwarmProps) {
  const operations = swarm.operations.filter(isOpen);
  return (
    <Flex spacing={2} component="section" aria-label={swarm.hostId}>
      {isNamed && (
        <Box sx={{ display: "flex", alignItems: "center", gap: 1 }}>
          <Typography variant="h2" sx={{ flexGrow: 1 }}>{swarm.hostId}</Typography>
          <NewStackButton hostId={swarm.hostId} obstacle={obstacle} />
        </Box>
      )}
      <ActivityList operations={swarm.operations} />
      <NodeTable
        nodes={swarm.nodes}
        tasks={swarm.tasks}
        hostId={swarm.hostId}
        obstacleOf={(id) => obstacle ?? busyText(operations.find((one) => one.target.id === id))}
        onChange={onChange}
      />
      <ServiceList
        swarm={swarm}
        obstacleOf={(project) => obstacle ?? busyText(operations.find((one) => one.project === project))}
        onChange={onChange}
      />
    </Flex>
  );
}

/** Returns the reason why nothing beside an operation can be started; `undefined` once it has ended. */
function busyText(operation: Operation | undefined): string | undefined {
  return operation && isOpen(operation) ? LABELS.changing(doingText(operation)) : undefined;
}

interface NewStackButtonProps extends Pick<ContentProps, "obstacle"> {
  readonly hostId: string;
}

function NewStackButton({ hostId, obstacle }: NewStackButtonProps) {
  return (
    <ActionButton
      label={LABELS.newStack}
      variant="contained"
      obstacle={obstacle}
      onClick={() => goTo("swarm", hostId)}
    />
  );
}
