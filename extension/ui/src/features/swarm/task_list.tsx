import { Box, Link, Typography } from "@mui/material";
import type { SwarmNode, SwarmTask } from "../../../../../server/protocol/swarm/swarm.ts";
import { StateMark, type Tone } from "../../components/design/state_mark.tsx";
import { hrefTo } from "../../lib/route.ts";
import { nodeName } from "./labels.ts";

/** Largest number of shown tasks that are no longer wanted. */
const MOST_ENDED = 3;
const FAILED: ReadonlySet<string> = new Set(["failed", "rejected", "orphaned"]);

/** Props of {@linkcode TaskList}. */
export interface TaskListProps {
  readonly tasks: readonly SwarmTask[];
  readonly nodes: readonly SwarmNode[];
}

/** The wanted tasks of a service, and the newest ones that have failed. */
export function TaskList({ tasks, nodes }: TaskListProps) {
  const wanted = tasks.filter((task) => task.wanted === "running");
  const failed = tasks.filter((task) => task.wanted !== "running" && task.error !== null).slice(
    0,
    MOST_ENDED,
  );
  return (
    <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gap: 0.25 }}>
      {[...wanted, ...failed].map((task) => (
        <Box
          key={task.id}
          component="li"
          sx={{ display: "flex", flexWrap: "wrap", columnGap: 1, alignItems: "center" }}
        >
          <StateMark tone={toneOf(task)} aria-hidden="true" />
          <TaskName task={task} />
          <Typography variant="body2" color="text.secondary">
            {`${task.state}${nodeText(task, nodes)}`}
          </Typography>
          {task.error !== null && (
            <Typography variant="body2" color="error" sx={{ overflowWrap: "anywhere" }}>
              {task.error}
            </Typography>
          )}
        </Box>
      ))}
    </Box>
  );
}

/** The name of a task, which links to its container where the node is a host. */
function TaskName({ task }: { readonly task: SwarmTask }) {
  const [name, { hostId, containerId }] = [nameOf(task), task];
  return (
    <Typography variant="body2" sx={{ overflowWrap: "anywhere", minWidth: 0 }}>
      {hostId === null || containerId === null
        ? name
        : <Link href={hrefTo("containers", hostId, containerId)}>{name}</Link>}
    </Typography>
  );
}

function toneOf({ state }: SwarmTask): Tone {
  if (state === "running" || state === "complete") return "good";
  return FAILED.has(state) ? "bad" : state === "shutdown" ? "off" : "careful";
}

/** Returns the name of a task. That of a global service ends with the id of its node, which is shortened. */
function nameOf({ name, nodeId }: SwarmTask): string {
  return nodeId !== null && name.endsWith(`.${nodeId}`) ? name.slice(0, 5 - nodeId.length) : name;
}

function nodeText({ nodeId }: SwarmTask, nodes: readonly SwarmNode[]): string {
  const node = nodes.find(({ id }) => id === nodeId);
  return node === undefined ? "" : ` on ${nodeName(node)}`;
}
