import { Button, Link, TableCell, TableRow } from "@mui/material";
import { useState } from "react";
import type { ServiceContainer, Stack, StackService } from "../../../../../../server/protocol/stacks.ts";
import { DownIcon, UpIcon } from "../../../components/icons.tsx";
import { hrefTo } from "../../../lib/route.ts";
import {
  containerLabel,
  replicasLabel,
  SERVICE_LABELS,
  SERVICE_TONES,
  serviceLabel,
} from "../model/labels_services.ts";
import { containerState, serviceState } from "../model/stack_list.ts";
import { ToneMark } from "../parts/tone_mark.tsx";
import type { StackTaskProps } from "../parts/use_task.ts";
import { ServiceActions } from "./service_actions.tsx";

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
        <TableCell component="th" scope="row" sx={{ overflowWrap: "anywhere" }}>{name}</TableCell>
        <TableCell>
          {isKnown ? <ToneMark word={serviceLabel(service)} tone={tone} /> : SERVICE_LABELS.unknown}
        </TableCell>
        <TableCell>{isKnown && replicasLabel(service)}</TableCell>
        <TableCell>
          {containers.length > 1
            ? <Toggle service={service} open={open} onToggle={() => setOpen(!open)} />
            : containers.map((one) => <ContainerLink key={one.id} hostId={stack.hostId} container={one} />)}
        </TableCell>
        {stack.managed && (
          <TableCell align="right">
            <ServiceActions feed={feed} task={task} stack={stack} service={service} />
          </TableCell>
        )}
      </TableRow>
      {open && containers.length > 1 &&
        containers.map((container) => (
          <ContainerRow
            key={container.id}
            stack={stack}
            container={container}
          />
        ))}
    </>
  );
}

interface ToggleProps {
  readonly service: StackService;
  readonly open: boolean;
  readonly onToggle: () => void;
}

function Toggle({ service: { name, containers }, open, onToggle }: ToggleProps) {
  return (
    <Button
      size="small"
      aria-expanded={open}
      aria-label={SERVICE_LABELS.containersOf(name, containers.length)}
      endIcon={open ? <UpIcon /> : <DownIcon />}
      onClick={onToggle}
    >
      {SERVICE_LABELS.containers(containers.length)}
    </Button>
  );
}

interface ContainerRowProps {
  readonly stack: Stack;
  readonly container: ServiceContainer;
}

function ContainerRow({ stack, container }: ContainerRowProps) {
  const tone = SERVICE_TONES[containerState(container, stack.status)];
  return (
    <TableRow>
      <TableCell component="th" scope="row" sx={{ pl: 4 }}>
        <ContainerLink hostId={stack.hostId} container={container} />
      </TableCell>
      <TableCell colSpan={stack.managed ? 4 : 3}>
        <ToneMark word={containerLabel(container)} tone={tone} />
      </TableCell>
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
      sx={{ overflowWrap: "anywhere" }}
    >
      {name}
    </Link>
  );
}
