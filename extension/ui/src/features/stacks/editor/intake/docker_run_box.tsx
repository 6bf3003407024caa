import { Alert, Box, Stack as Flex, TextField, Typography } from "@mui/material";
import { useState } from "react";
import { ActionButton } from "../../../../components/action_button.tsx";
import { INTAKE_LABELS } from "../../model/plan/labels_intake.ts";
import { convertDockerRun } from "./docker_run.ts";
import type { IntakeProps } from "./intake.ts";

/** Field for a `docker run` command, which becomes a compose file. Loaded on demand, with the converter. */
export default function DockerRunBox({ onTake }: IntakeProps) {
  const [command, setCommand] = useState("");
  const [mistake, setMistake] = useState<string>();
  const [warnings, setWarnings] = useState<readonly string[]>([]);
  const convert = () => {
    const result = convertDockerRun(command);
    const isMistake = typeof result === "string";
    setMistake(isMistake ? result : undefined);
    setWarnings(isMistake ? [] : result.warnings);
    if (!isMistake) onTake(result);
  };
  return (
    <Flex spacing={1} component="section" aria-label={INTAKE_LABELS.title}>
      <TextField
        multiline
        minRows={2}
        maxRows={8}
        label={INTAKE_LABELS.field}
        value={command}
        error={mistake !== undefined}
        helperText={mistake ?? INTAKE_LABELS.replaces}
        onChange={({ target }) => setCommand(target.value)}
        slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: "monospace" } } }}
      />
      <Box>
        <ActionButton label={INTAKE_LABELS.convert} onClick={convert} />
      </Box>
      {warnings.length > 0 && (
        <Alert severity="warning">
          <Typography variant="body2">{INTAKE_LABELS.warnings}</Typography>
          <Box component="ul" sx={{ m: 0, pl: 2 }}>
            {warnings.map((warning) => <li key={warning}>{warning}</li>)}
          </Box>
        </Alert>
      )}
    </Flex>
  );
}
