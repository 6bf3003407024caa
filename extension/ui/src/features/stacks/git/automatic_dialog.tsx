import {
  Alert,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  MenuItem,
  Stack as Flex,
  TextField,
  Typography,
} from "@mui/material";
import { useId, useState } from "react";
import { ActionButton } from "../../../components/action_button.tsx";
import { CopyButton } from "../../../components/copy_button.tsx";
import { MONOSPACE } from "../../../components/design/tokens.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { TaskNotice } from "../parts/task_notice.tsx";
import { useTask } from "../parts/use_task.ts";
import type { ChangedGit, GitChange, GitRequests, StackGit } from "./git_requests.ts";
import { AUTOMATIC_LABELS } from "./labels.ts";

/** Props of {@linkcode AutomaticDialog}. */
export interface AutomaticDialogProps {
  readonly feed: StackFeed;
  readonly stackId: number;
  readonly requests: GitRequests;
  readonly git: StackGit;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** Settings of what pulls a stack automatically; each change is saved at once. */
export function AutomaticDialog({ feed, stackId, requests, git, onChanged, onClose }: AutomaticDialogProps) {
  const titleId = useId();
  const task = useTask(feed);
  const [changed, setChanged] = useState<ChangedGit>();
  const change = (values: GitChange) =>
    task.run(async () => {
      setChanged(await requests.change(stackId, values));
      onChanged();
    });
  const address = (name: string) => new URL(`stacks/${stackId}/git/${name}`, document.baseURI).href;
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} fullWidth maxWidth="sm">
      <DialogTitle id={titleId}>{AUTOMATIC_LABELS.title}</DialogTitle>
      <DialogContent>
        <Flex spacing={3}>
          <Typography variant="body2" color="text.secondary">{AUTOMATIC_LABELS.intro}</Typography>
          <TaskNotice task={task} />
          <Schedule
            value={git.schedule}
            disabled={task.asking}
            onChange={(schedule) => change({ schedule })}
          />
          <Secret
            title={AUTOMATIC_LABELS.webhook}
            hint={AUTOMATIC_LABELS.webhookHint}
            isOn={git.webhook}
            address={address("webhook")}
            secret={changed?.webhook_secret ?? null}
            onChange={(webhook) => change({ webhook })}
          />
          <Secret
            title={AUTOMATIC_LABELS.token}
            hint={AUTOMATIC_LABELS.tokenHint}
            isOn={git.token}
            address={address("redeploy")}
            secret={changed?.redeploy_token ?? null}
            onChange={(token) => change({ token })}
          />
        </Flex>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{AUTOMATIC_LABELS.close}</Button>
      </DialogActions>
    </Dialog>
  );
}

interface ScheduleProps {
  readonly value: string | null;
  readonly disabled: boolean;
  readonly onChange: (value: string | null) => void;
}

function Schedule({ value, disabled, onChange }: ScheduleProps) {
  const known: Readonly<Record<string, string>> = AUTOMATIC_LABELS.schedules;
  // One that was set elsewhere.
  const other = value !== null && known[value] === undefined ? [[value, value] as const] : [];
  return (
    <TextField
      select
      size="small"
      label={AUTOMATIC_LABELS.schedule}
      value={value ?? ""}
      disabled={disabled}
      sx={{ maxWidth: 260, mt: 1 }}
      slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
      onChange={({ target }) => onChange(target.value === "" ? null : target.value)}
    >
      {[...Object.entries(known), ...other].map(([key, label]) => (
        <MenuItem key={key} value={key}>{label}</MenuItem>
      ))}
    </TextField>
  );
}

interface SecretProps {
  readonly title: string;
  readonly hint: string;
  readonly isOn: boolean;
  readonly address: string;
  /** A secret that was just created. */
  readonly secret: string | null;
  readonly onChange: (isOn: boolean) => void;
}

function Secret({ title, hint, isOn, address, secret, onChange }: SecretProps) {
  return (
    <Flex component="section" aria-label={title} spacing={1}>
      <Flex direction="row" spacing={1} useFlexGap sx={{ alignItems: "center", flexWrap: "wrap" }}>
        <Typography variant="h3" sx={{ flexGrow: 1 }}>{title}</Typography>
        {isOn && (
          <ActionButton
            label={AUTOMATIC_LABELS.switchOff}
            variant="text"
            onClick={() => onChange(false)}
          />
        )}
        <ActionButton
          label={isOn ? AUTOMATIC_LABELS.replace : AUTOMATIC_LABELS.create}
          onClick={() => onChange(true)}
        />
      </Flex>
      <Typography variant="body2" color="text.secondary">{hint}</Typography>
      {isOn && <Line name={AUTOMATIC_LABELS.address} text={address} />}
      {secret !== null && (
        <Alert severity="success" sx={{ "& .MuiAlert-message": { flexGrow: 1, minWidth: 0 } }}>
          {AUTOMATIC_LABELS.shownOnce}
          <Line name={AUTOMATIC_LABELS.secret} text={secret} />
        </Alert>
      )}
    </Flex>
  );
}

function Line({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <Flex direction="row" spacing={1} sx={{ alignItems: "center" }}>
      <Box sx={{ typography: "body2", fontFamily: MONOSPACE, overflowWrap: "anywhere", minWidth: 0 }}>
        {text}
      </Box>
      <CopyButton text={text} label={AUTOMATIC_LABELS.copy(name)} />
    </Flex>
  );
}
