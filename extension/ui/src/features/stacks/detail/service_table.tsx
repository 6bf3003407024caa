import {
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
import { TABLE_STYLE } from "../parts/table_style.ts";
import { SERVICE_LABELS } from "../model/labels_services.ts";
import type { StackTaskProps } from "../parts/use_task.ts";
import { ServiceRow } from "./service_row.tsx";

/** Services of a stack, each with its containers and commands. */
export function ServiceTable({ feed, task, stack }: StackTaskProps) {
  return (
    <Flex spacing={1} component="section" aria-labelledby="services">
      <Typography variant="h2" id="services">{SERVICE_LABELS.title}</Typography>
      {stack.services.length === 0
        ? <Typography variant="body2" color="text.secondary">{SERVICE_LABELS.none}</Typography>
        : (
          <TableContainer component={Paper} variant="outlined">
            <Table size="small" aria-labelledby="services" sx={{ ...TABLE_STYLE, minWidth: 820 }}>
              <TableHead>
                <TableRow>
                  <TableCell sx={{ width: "22%" }}>{SERVICE_LABELS.service}</TableCell>
                  <TableCell>{SERVICE_LABELS.state}</TableCell>
                  <TableCell sx={{ width: 90 }}>{SERVICE_LABELS.replicas}</TableCell>
                  <TableCell sx={{ width: "27%" }}>{SERVICE_LABELS.container}</TableCell>
                  {stack.managed && (
                    <TableCell align="right" sx={{ width: 170 }}>{SERVICE_LABELS.actions}</TableCell>
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
