import { Box, Typography } from "@mui/material";
import type { Swarm, SwarmService, SwarmStack } from "../../../../../server/protocol/swarm/swarm.ts";
import { ActionButton } from "../../components/action_button.tsx";
import { PanelList } from "../../components/design/panel_list.ts";
import { Tag } from "../../components/design/state_mark.tsx";
import { goTo } from "../../lib/route.ts";
import { LABELS, replicasText } from "./labels.ts";
import type { Change } from "./requests.ts";
import { TaskList } from "./task_list.tsx";

/** Props of {@linkcode ServiceList}. */
export interface ServiceListProps {
  readonly swarm: Swarm;
  /** Reason why a stack, or a service without one, cannot be changed now. */
  readonly obstacleOf: (project: string) => string | undefined;
  readonly onChange: (change: Change) => void;
}

/** The services of a swarm by stack, with their tasks. */
export function ServiceList({ swarm, ...rest }: ServiceListProps) {
  const alone = swarm.services.filter(({ stack }) => stack === null);
  return (
    <>
      {swarm.stacks.map((stack) => (
        <Box key={stack.name} component="section" aria-label={stack.name}>
          <StackHeading stack={stack} hostId={swarm.hostId} {...rest} />
          {stack.services > 0 && (
            <Services
              swarm={swarm}
              services={swarm.services.filter((service) => service.stack === stack.name)}
              {...rest}
            />
          )}
        </Box>
      ))}
      {alone.length > 0 && (
        <Box component="section" aria-label={LABELS.services}>
          <Typography variant="h2" sx={{ mb: 1 }}>{LABELS.services}</Typography>
          <Services swarm={swarm} services={alone} {...rest} />
        </Box>
      )}
    </>
  );
}

interface StackHeadingProps extends Pick<ServiceListProps, "obstacleOf" | "onChange"> {
  readonly stack: SwarmStack;
  readonly hostId: string;
}

/** Name of a stack, with the actions that need its stored texts. */
function StackHeading(
  { stack: { name, managed, services }, hostId, obstacleOf, onChange }: StackHeadingProps,
) {
  const obstacle = obstacleOf(name);
  const ask = (kind: Change["kind"]) => () => onChange({ kind, hostId, id: name, name });
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: 0.5, mb: 1 }}>
      <Typography variant="h2" sx={{ mr: 0.5, overflowWrap: "anywhere" }}>{name}</Typography>
      {services === 0 && <Tag tone="off">{LABELS.notDeployed}</Tag>}
      <Box sx={{ flexGrow: 1 }} />
      {managed && <ActionButton label={LABELS.edit} onClick={() => goTo("swarm", hostId, name)} />}
      {managed && <ActionButton label={LABELS.redeploy} obstacle={obstacle} onClick={ask("redeploy")} />}
      <ActionButton label={LABELS.removeStack} obstacle={obstacle} onClick={ask("removeStack")} />
    </Box>
  );
}

function Services({ services, ...rest }: ServiceListProps & { readonly services: readonly SwarmService[] }) {
  return (
    <PanelList>
      {services.map((service) => <ServiceLine key={service.id} service={service} {...rest} />)}
    </PanelList>
  );
}

function ServiceLine({ service, swarm, ...rest }: ServiceListProps & { readonly service: SwarmService }) {
  const { id, name, image, running, wanted, update, mode } = service;
  return (
    <li>
      <Box sx={{ display: "flex", flexWrap: "wrap", columnGap: 1, rowGap: 0.5, alignItems: "center" }}>
        <Typography component="h3" variant="subtitle2" sx={{ overflowWrap: "anywhere", minWidth: 0 }}>
          {name}
        </Typography>
        <Tag tone={running === wanted ? "good" : "careful"}>{replicasText(service)}</Tag>
        <Typography variant="body2" color="text.secondary" sx={{ overflowWrap: "anywhere", flexGrow: 1 }}>
          {`${mode}, ${image}`}
        </Typography>
        <Actions service={service} hostId={swarm.hostId} {...rest} />
      </Box>
      {update !== null && !/^(rollback_)?completed$/.test(update.state) && (
        <Typography variant="body2" color="text.secondary">{update.message || update.state}</Typography>
      )}
      <TaskList
        tasks={swarm.tasks.filter(({ serviceId }) => serviceId === id)}
        nodes={swarm.nodes}
      />
    </li>
  );
}

interface ActionsProps extends Pick<ServiceListProps, "obstacleOf" | "onChange"> {
  readonly service: SwarmService;
  readonly hostId: string;
}

function Actions(
  { service: { id, name, stack, mode, wanted, canRollBack }, hostId, obstacleOf, onChange }: ActionsProps,
) {
  const obstacle = obstacleOf(stack ?? name);
  const subject = { hostId, id, name };
  const scaling = mode === "replicated" ? undefined : LABELS.notScalable;
  const rolling = canRollBack ? undefined : LABELS.noEarlier;
  const ask = (kind: Change["kind"]) => () => onChange({ ...subject, kind, replicas: wanted });
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 0.5 }}>
      <ActionButton label={LABELS.scale} obstacle={obstacle ?? scaling} onClick={ask("scale")} />
      <ActionButton label={LABELS.update} obstacle={obstacle} onClick={ask("update")} />
      <ActionButton label={LABELS.rollBack} obstacle={obstacle ?? rolling} onClick={ask("rollback")} />
      <ActionButton label={LABELS.remove} obstacle={obstacle} onClick={ask("remove")} color="error" />
    </Box>
  );
}
