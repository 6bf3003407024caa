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
import { serviceState, serviceWords } from "../model/stack_list.ts";
import { TABLE_LOOK } from "../parts/table_look.ts";
import { ToneMark } from "../parts/tone_mark.tsx";
import { SERVICE_TONES } from "../model/labels.ts";

/** Props of {@linkcode ServiceTable}. */
export interface ServiceTableProps {
  readonly stack: Stack;
  /** Whether its host can be read. */
  readonly isKnown: boolean;
}

/** The services of a stack, with the container of each. */
export function ServiceTable({ stack, isKnown }: ServiceTableProps) {
  return (
    <Flex spacing={1} component="section" aria-labelledby="services">
      <Typography variant="h2" id="services">Services</Typography>
      <TableContainer component={Paper} variant="outlined">
        <Table size="small" aria-labelledby="services" sx={TABLE_LOOK}>
          <TableHead>
            <TableRow>
              <TableCell sx={{ width: "35%" }}>Service</TableCell>
              <TableCell>State</TableCell>
              <TableCell sx={{ width: "35%" }}>Container</TableCell>
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
  return (
    <TableRow>
      <TableCell component="th" scope="row">{name}</TableCell>
      <TableCell>{isKnown ? <ToneMark word={serviceWords(service)} tone={tone} /> : "Unknown"}</TableCell>
      <TableCell>
        {containerId !== null && (
          <Link
            href={hrefTo("containers", stack.hostId, containerId)}
            aria-label={`${name} (${containerId.slice(0, 12)}): statistics and output`}
          >
            {name} ({containerId.slice(0, 12)})
          </Link>
        )}
      </TableCell>
    </TableRow>
  );
}
