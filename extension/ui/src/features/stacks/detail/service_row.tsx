import { Box, Button, Link, TableCell, TableRow, Typography } from "@mui/material";
import { useState } from "react";
import type { ServiceContainer, Stack, StackService } from "../../../../../../server/protocol/stacks.ts";
import { TABULAR } from "../../../components/design/tokens.ts";
import { DownIcon, UpIcon } from "../../../components/icons.tsx";
import { NewerImageMark } from "../../../components/newer_image_mark.tsx";
import { imageKey } from "../../../components/newer_images.ts";
import { formatAge, formatBytes, formatPercent } from "../../../lib/format.ts";
import { hrefTo } from "../../../lib/route.ts";
import {
  containerLabel,
  replicasLabel,
  SERVICE_LABELS,
  SERVICE_TONES,
  serviceLabel,
} from "../model/labels_services.ts";
import { usageOf } from "../model/readings.ts";
import { containerState, serviceState } from "../model/stack_list.ts";
import { ToneMark } from "../parts/tone_mark.tsx";
import type { StackTaskProps } from "../parts/use_task.ts";
import { ServiceActions } from "./service_actions.tsx";
import { ServicePorts } from "./service_ports.tsx";

/** Largest number of containers of a merged log. */
const MOST_CONTAINERS = 100;

/** Props of {@linkcode ServiceRow}. */
export interface ServiceRowProps extends StackTaskProps {
  readonly service: StackService;
}

/** Row of a service; the containers of a service with several are listed below it, on request. */
export function ServiceRow({ feed, task, stack, service }: ServiceRowProps) {
  const [open, setOpen] = useState(false);
  const { name, containers } = service;
  const isKnown = stack.status !== "unknown";
  const tone = SERVICE_TONES[serviceState(service, stack.status)];
  return (
    <>
      <TableRow>
        <TableCell component="th" scope="row" className="name" sx={{ overflowWrap: "anywhere" }}>
          <Box component="span" sx={{ fontWeight: 600 }}>{name}</Box>{" "}
          <NewerImageMark of={imageKey(stack.hostId, "project", stack.name, name)} />{" "}
          {containers.length > 0 && <LogLink hostId={stack.hostId} service={service} />}
          <Containers stack={stack} service={service} open={open} onToggle={() => setOpen(!open)} />
        </TableCell>
        <TableCell className="state">
          {isKnown ? <ToneMark word={serviceLabel(service)} tone={tone} /> : SERVICE_LABELS.unknown}
          {isKnown && hasReplicas(service) && (
            <Typography variant="body2" color="text.secondary">{replicasLabel(service)}</Typography>
          )}
          <Restarts feed={feed} stack={stack} containers={containers} />
        </TableCell>
        <TableCell className="ports">
          <ServicePorts feed={feed} stack={stack} containers={containers} />
        </TableCell>
        <UsageCells feed={feed} stack={stack} containers={containers} />
        {stack.managed && (
          <TableCell align="right" className="actions">
            <ServiceActions feed={feed} task={task} stack={stack} service={service} />
          </TableCell>
        )}
      </TableRow>
      {open && containers.length > 1 &&
        containers.map((container) => (
          <ContainerRow
            key={container.id}
            feed={feed}
            stack={stack}
            container={container}
          />
        ))}
    </>
  );
}

/** A single container that is wanted needs no count. */
function hasReplicas({ replicas, wanted, containers }: StackService): boolean {
  return wanted !== 1 || containers.length > 1 || replicas > 1;
}

/** Look of the links of a row, which has several. */
const QUIET = { color: "text.secondary", underline: "hover" } as const;

interface LogLinkProps {
  readonly hostId: string;
  readonly service: StackService;
}

/** Link to the log of all containers of a service. */
function LogLink({ hostId, service: { name, containers } }: LogLinkProps) {
  const keys = containers.slice(0, MOST_CONTAINERS).flatMap(({ id }) => [hostId, id]);
  return (
    <Link
      variant="body2"
      href={hrefTo("logs", "containers", ...keys)}
      aria-label={SERVICE_LABELS.logOf(name)}
      {...QUIET}
      sx={{ ml: 1 }}
    >
      {SERVICE_LABELS.logLink}
    </Link>
  );
}

interface ContainersProps {
  readonly stack: Stack;
  readonly service: StackService;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** The image of a service, and its container or the number of its containers. */
function Containers({ stack, service: { name, containers }, open, onToggle }: ContainersProps) {
  const images = [...new Set(containers.map(({ image }) => image))];
  return (
    <Box sx={{ typography: "body2", color: "text.secondary", overflowWrap: "anywhere" }}>
      {images.length > 0 && <Box>{images.join(", ")}</Box>}
      {containers.length === 1 && <ContainerLink hostId={stack.hostId} container={containers[0]!} />}
      {containers.length > 1 && (
        <Button
          size="small"
          aria-expanded={open}
          aria-label={SERVICE_LABELS.containersOf(name, containers.length)}
          endIcon={open ? <UpIcon /> : <DownIcon />}
          onClick={onToggle}
          sx={{ px: 0, minHeight: 24 }}
        >
          {SERVICE_LABELS.containers(containers.length)}
        </Button>
      )}
    </Box>
  );
}

interface UsageCellsProps extends Pick<StackTaskProps, "feed" | "stack"> {
  readonly containers: readonly ServiceContainer[];
}

function UsageCells({ feed, stack, containers }: UsageCellsProps) {
  const { cpu, memory, startedAt } = usageOf(containers, stack.hostId, feed.readings);
  const values = {
    cpu: cpu === null ? undefined : formatPercent(cpu),
    memory: memory === null ? undefined : formatBytes(memory),
    uptime: startedAt === null ? undefined : formatAge(Math.max(Date.now() - startedAt, 0)),
  };
  return (
    <>
      {(["cpu", "memory", "uptime"] as const).map((key) => (
        <TableCell key={key} align="right" className={key} sx={TABULAR}>
          <Box component="span" className="caption">{SERVICE_LABELS[key]}</Box>
          {values[key] ?? <span aria-label={SERVICE_LABELS.notRunning}>–</span>}
        </TableCell>
      ))}
    </>
  );
}

/** Number of restarts by the engine: a container that keeps exiting may run at the moment. */
function Restarts({ feed, stack: { hostId }, containers }: UsageCellsProps) {
  const { restarts } = usageOf(containers, hostId, feed.readings);
  if (restarts === 0) return null;
  return <Typography variant="body2" color="text.secondary">{SERVICE_LABELS.restarts(restarts)}</Typography>;
}

interface ContainerRowProps extends Pick<StackTaskProps, "feed" | "stack"> {
  readonly container: ServiceContainer;
}

function ContainerRow({ feed, stack, container }: ContainerRowProps) {
  const tone = SERVICE_TONES[containerState(container, stack.status)];
  return (
    <TableRow>
      <TableCell component="th" scope="row" className="name" sx={{ pl: 4 }}>
        <ContainerLink hostId={stack.hostId} container={container} />
      </TableCell>
      <TableCell className="state">
        <ToneMark word={containerLabel(container)} tone={tone} />
      </TableCell>
      <TableCell className="ports">
        <ServicePorts feed={feed} stack={stack} containers={[container]} />
      </TableCell>
      <UsageCells feed={feed} stack={stack} containers={[container]} />
      {stack.managed && <TableCell className="actions" />}
    </TableRow>
  );
}

interface ContainerLinkProps {
  readonly hostId: string;
  readonly container: ServiceContainer;
}

function ContainerLink({ hostId, container: { id, name } }: ContainerLinkProps) {
  return (
    <Link
      href={hrefTo("containers", hostId, id)}
      aria-label={SERVICE_LABELS.linkDescription(name)}
      {...QUIET}
      sx={{ overflowWrap: "anywhere" }}
    >
      {name}
    </Link>
  );
}
