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
import { formatBytes, formatPercent } from "../../../lib/format.ts";
import { hrefTo } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { SERVICE_LABELS } from "../model/labels_services.ts";
import { usageOf } from "../model/readings.ts";
import { cardStyle } from "../parts/table_style.ts";
import type { StackTaskProps } from "../parts/use_task.ts";
import { ServiceRow } from "./service_row.tsx";

const STYLE = cardStyle([
  "name name state",
  "ports ports ports",
  "cpu memory uptime",
  "actions actions actions",
], 860);

/** Services of a stack, each with its containers, numbers and commands. */
export function ServiceTable({ feed, task, stack }: StackTaskProps) {
  useObservable(feed.readings.view);
  return (
    <Flex spacing={1} component="section" aria-labelledby="services">
      <Heading feed={feed} stack={stack} />
      {stack.services.length === 0
        ? <Typography variant="body2" color="text.secondary">{SERVICE_LABELS.none}</Typography>
        : (
          <TableContainer component={Paper} variant="outlined">
            <Table size="small" aria-labelledby="services" sx={STYLE}>
              <TableHead>
                <TableRow>
                  <TableCell sx={{ width: "26%" }}>{SERVICE_LABELS.service}</TableCell>
                  <TableCell sx={{ width: "14%" }}>{SERVICE_LABELS.state}</TableCell>
                  <TableCell>{SERVICE_LABELS.ports}</TableCell>
                  <TableCell align="right" sx={{ width: 90 }}>{SERVICE_LABELS.cpu}</TableCell>
                  <TableCell align="right" sx={{ width: 100 }}>{SERVICE_LABELS.memory}</TableCell>
                  <TableCell align="right" sx={{ width: 84 }}>{SERVICE_LABELS.uptime}</TableCell>
                  {stack.managed && (
                    <TableCell align="right" sx={{ width: 130 }}>{SERVICE_LABELS.actions}</TableCell>
                  )}
                </TableRow>
              </TableHead>
              <TableBody>
                {stack.services.map((service) => (
                  <ServiceRow key={service.name} feed={feed} task={task} stack={stack} service={service} />
                ))}
              </TableBody>
            </Table>
          </TableContainer>
        )}
    </Flex>
  );
}

/** Heading with the sums of all services, and a link to their merged log. */
function Heading({ feed, stack }: Pick<StackTaskProps, "feed" | "stack">) {
  const containers = stack.services.flatMap((service) => service.containers);
  const { cpu, memory } = usageOf(containers, stack.hostId, feed.readings);
  const sums = cpu !== null && memory !== null
    ? SERVICE_LABELS.sums(formatPercent(cpu), formatBytes(memory))
    : "";
  return (
    <Flex direction="row" spacing={2} useFlexGap sx={{ alignItems: "baseline", flexWrap: "wrap" }}>
      <Typography variant="h2" id="services">{SERVICE_LABELS.title}</Typography>
      <Typography variant="body2" color="text.secondary" sx={{ flexGrow: 1 }}>{sums}</Typography>
      {containers.length > 0 && (
        <Link variant="body2" underline="hover" href={hrefTo("logs", "project", stack.name, stack.hostId)}>
          {SERVICE_LABELS.log}
        </Link>
      )}
    </Flex>
  );
}
