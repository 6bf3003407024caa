import {
  Link,
  Paper,
  Stack as Flex,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from "@mui/material";
import type { Stack, StackService } from "../../../../../../server/protocol/stacks.ts";
import { hrefTo } from "../../../lib/route.ts";
import { serviceState } from "../model/stack_list.ts";
import { TABLE_STYLE } from "../parts/table_style.ts";
import { ToneMark } from "../parts/tone_mark.tsx";
import { SERVICE_TONES, serviceLabel } from "../model/labels.ts";
import { SERVICE_LABELS } from "../model/labels_detail.ts";

/** Props of {@linkcode ServiceTable}. */
export interface ServiceTableProps {
  readonly stack: Stack;
  /** True when the host is up, so that the state of the containers is known. */
  readonly isKnown: boolean;
}

/** Services of a stack, each with its container. */
export function ServiceTable({ stack, isKnown }: ServiceTableProps) {
  return (
    <Flex spacing={1} component="section" aria-labelledby="services">
      <Typography variant="h2" id="services">{SERVICE_LABELS.title}</Typography>
      <TableContainer component={Paper} variant="outlined">
        <Table size="small" aria-labelledby="services" sx={TABLE_STYLE}>
          <TableHead>
            <TableRow>
              <TableCell sx={{ width: "35%" }}>{SERVICE_LABELS.service}</TableCell>
              <TableCell>{SERVICE_LABELS.state}</TableCell>
              <TableCell sx={{ width: "35%" }}>{SERVICE_LABELS.container}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {stack.services.map((service) => (
              <Service
                key={`${service.name}/${service.containerId}`}
                stack={stack}
                service={service}
                isKnown={isKnown}
              />
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </Flex>
  );
}

function Service({ stack, service, isKnown }: ServiceTableProps & { readonly service: StackService }) {
  const { name, containerId } = service;
  const tone = SERVICE_TONES[serviceState(service, stack.status === "stopped")];
  const shortId = containerId?.slice(0, 12) ?? "";
  return (
    <TableRow>
      <TableCell component="th" scope="row">{name}</TableCell>
      <TableCell>
        {isKnown ? <ToneMark word={serviceLabel(service)} tone={tone} /> : SERVICE_LABELS.unknown}
      </TableCell>
      <TableCell>
        {containerId !== null && (
          <Link
            href={hrefTo("containers", stack.hostId, containerId)}
            aria-label={SERVICE_LABELS.linkDescription(name, shortId)}
          >
            {SERVICE_LABELS.link(name, shortId)}
          </Link>
        )}
      </TableCell>
    </TableRow>
  );
}
