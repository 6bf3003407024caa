import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from "@mui/material";
import type { SwarmNode, SwarmTask } from "../../../../../server/protocol/swarm/swarm.ts";
import { PANEL } from "../../components/design/tokens.ts";
import { Tag } from "../../components/design/state_mark.tsx";
import { ActionMenu } from "../../components/action_menu.tsx";
import { MenuIcon } from "../../components/icons.tsx";
import { CHANGES, LABELS, nodeName } from "./labels.ts";
import type { Change } from "./requests.ts";

/** Props of {@linkcode NodeTable}. */
export interface NodeTableProps {
  readonly nodes: readonly SwarmNode[];
  readonly tasks: readonly SwarmTask[];
  readonly hostId: string;
  /** Reason why a node cannot be changed now. */
  readonly obstacleOf: (name: string) => string | undefined;
  readonly onChange: (change: Change) => void;
}

/** The nodes of a swarm. */
export function NodeTable({ nodes, tasks, ...rest }: NodeTableProps) {
  const running = (nodeId: string) =>
    tasks.filter((task) => task.nodeId === nodeId && task.state === "running" && task.wanted === "running")
      .length;
  return (
    <Box>
      <Typography variant="h2" sx={{ mb: 1 }}>{`${LABELS.nodes} (${nodes.length})`}</Typography>
      <Box sx={FRAME}>
        <Table size="small" aria-label={LABELS.nodes}>
          <TableHead>
            <TableRow>
              {HEADS.map((head) => <TableCell key={head}>{head}</TableCell>)}
              {MORE_HEADS.map((head) => <TableCell key={head} sx={WIDE}>{head}</TableCell>)}
              <TableCell align="right">{LABELS.tasks}</TableCell>
              <TableCell />
            </TableRow>
          </TableHead>
          <TableBody>
            {nodes.map((node) => (
              <TableRow key={node.id}>
                <TableCell title={node.id} sx={{ overflowWrap: "anywhere" }}>{nodeName(node)}</TableCell>
                <TableCell>
                  <Tag tone={node.state === "ready" ? "good" : "bad"}>{node.state}</Tag>
                </TableCell>
                <TableCell>
                  {node.availability === "active"
                    ? node.availability
                    : <Tag tone="careful">{node.availability}</Tag>}
                </TableCell>
                <TableCell sx={WIDE}>{node.leader ? `${node.role}, ${LABELS.leader}` : node.role}</TableCell>
                <TableCell sx={WIDE}>{node.address}</TableCell>
                <TableCell sx={WIDE}>{node.engine}</TableCell>
                <TableCell align="right">{running(node.id)}</TableCell>
                <TableCell align="right" sx={{ p: 0 }}>
                  <NodeMenu node={node} {...rest} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
    </Box>
  );
}

type NodeMenuProps = Omit<NodeTableProps, "nodes" | "tasks"> & { readonly node: SwarmNode };

/** The availabilities that a node can change to. */
function NodeMenu({ node: { id, name, availability }, hostId, obstacleOf, onChange }: NodeMenuProps) {
  const others = AVAILABILITIES.filter((kind) => kind !== availability);
  return (
    <ActionMenu
      label={LABELS.menuOf(nodeName({ id, name }))}
      icon={<MenuIcon fontSize="small" />}
      obstacle={obstacleOf(id)}
      actions={others.map((kind) => ({
        label: CHANGES[kind].action,
        help: CHANGES[kind].text,
        onClick: () => onChange({ kind, hostId, id, name: nodeName({ id, name }) }),
      }))}
    />
  );
}

const AVAILABILITIES = ["active", "pause", "drain"] as const;

/** A panel whose last row has no line below it. */
const FRAME = { ...PANEL, overflowX: "auto", "& tbody tr:last-of-type td": { border: 0 } } as const;

/** Cells that a phone leaves out. */
const WIDE = { display: { xs: "none", sm: "table-cell" } } as const;

const HEADS = [
  LABELS.node,
  LABELS.state,
  LABELS.availability,
] as const;
const MORE_HEADS = [LABELS.role, LABELS.address, LABELS.engine] as const;
