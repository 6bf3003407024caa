import { Box, Typography } from "@mui/material";
import type { OperationWithMessages } from "../../../../../../server/protocol/operations.ts";
import { PanelList } from "../../../components/design/panel_list.ts";
import { StateMark, type Tone } from "../../../components/design/state_mark.tsx";
import { SWARM_LABELS } from "./labels.ts";

/** The newest state of an object or a task. */
interface Step {
  readonly name: string;
  readonly tone: Tone;
  readonly text: string;
}

/** The objects and tasks of a deployment, one row each. */
export function StepList({ operation }: { readonly operation: OperationWithMessages }) {
  const steps = stepsOf(operation);
  if (steps.length === 0) return null;
  return (
    <PanelList aria-label={SWARM_LABELS.progress}>
      {steps.map(({ name, tone, text }) => (
        <Box
          key={name}
          component="li"
          sx={{ "&&": { display: "flex", flexWrap: "wrap", columnGap: 1, alignItems: "center" } }}
        >
          <StateMark tone={tone} aria-hidden="true" />
          <Typography variant="body2" sx={{ overflowWrap: "anywhere" }}>{name}</Typography>
          <Typography
            variant="body2"
            color={tone === "bad" ? "error" : "text.secondary"}
            sx={{ overflowWrap: "anywhere" }}
          >
            {text}
          </Typography>
        </Box>
      ))}
    </PanelList>
  );
}

/** Returns the steps in the order in which they began. */
function stepsOf({ events }: Pick<OperationWithMessages, "events">): readonly Step[] {
  const steps = new Map<string, Step>();
  for (const event of events) {
    if (event.type !== "stack-progress" || event.data.resource === null) continue;
    const { resource: { kind, name }, state, verb, message } = event.data;
    const known = `${kind} ${name}`;
    const text = state === "error" || state === "warning" ? message : verb ?? message;
    steps.set(known, { name, tone: TONES[state] ?? "careful", text });
  }
  return [...steps.values()];
}

const TONES: Readonly<Record<string, Tone>> = {
  done: "good",
  error: "bad",
  warning: "bad",
  working: "careful",
};
