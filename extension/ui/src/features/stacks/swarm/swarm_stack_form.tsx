import { Alert, FormControlLabel, Link, Stack as Flex, Switch, TextField, Typography } from "@mui/material";
import { type ReactNode, useState } from "react";
import { ActionButton } from "../../../components/action_button.tsx";
import type { Draft } from "../../../../../../server/protocol/drafts/draft.ts";
import { LeaveGuard } from "../../../components/leave_guard.tsx";
import { useObstacle } from "../../../lib/client.ts";
import { hrefTo } from "../../../lib/route.ts";
import { IssueList } from "../editor/issue_list.tsx";
import type { IssuePlace } from "../editor/issues.ts";
import { nameMistake } from "../editor/server_rules.ts";
import { TextFieldset } from "../editor/text_fieldset.tsx";
import { COMPOSE_LABELS, ENV_LABELS, ISSUE_LABELS, PLACE_LABELS } from "../model/labels_editor.ts";
import { DraftNotice } from "../parts/draft_notice.tsx";
import { SWARM_LABELS } from "./labels.ts";
import type { TypedTexts } from "./requests.ts";
import { StepList } from "./step_list.tsx";
import { type DeploymentState, useDeployment } from "./use_deployment.ts";
import { useTypedStack } from "./use_swarm_draft.ts";

/** Props of {@linkcode SwarmStackForm}. */
export interface SwarmStackFormProps {
  readonly hostId: string;
  /** Name of a stack that exists. */
  readonly name?: string;
  readonly initial: TypedTexts;
  /** Texts of an earlier visit. */
  readonly draft: Draft | null;
  /** Called after a success. */
  readonly onDeployed: () => void;
  /** Controls above the texts. */
  readonly children?: ReactNode;
}

/** Name and texts of a swarm stack, their deployment, and its progress. */
export function SwarmStackForm({ hostId, name, initial, draft, onDeployed, children }: SwarmStackFormProps) {
  const { typed, isRestored, isUnsafe, type, discard, keep } = useTypedStack({
    hostId,
    name,
    initial,
    draft,
  });
  const { name: typedName, ...texts } = typed;
  const [replaces, setReplaces] = useState(false);
  const deployment = useDeployment((asked) => {
    keep({ ...asked.texts, name: asked.place.name });
    onDeployed();
  });
  const { isRunning } = deployment;
  const mistake = nameMistake(typedName);
  const obstacle = useObstacle() ?? mistake ?? (isRunning ? SWARM_LABELS.running : undefined);
  return (
    <Flex spacing={2}>
      <LeaveGuard isChanged={isUnsafe && !isRunning} />
      <Header name={name} hostId={hostId}>
        <Buttons
          deployment={deployment}
          obstacle={obstacle}
          onDeploy={() => deployment.run({ place: { hostId, name: typedName }, texts, replaces })}
        />
      </Header>
      <Progress deployment={deployment} />
      {isRestored && <DraftNotice isLocked={isRunning} onDiscard={discard} />}
      {name === undefined && (
        <NameField
          name={typedName}
          mistake={mistake}
          isLocked={isRunning}
          onChange={(name) => type({ name })}
        />
      )}
      {(deployment.isTaken || replaces) && <Replace isOn={replaces} onChange={setReplaces} />}
      {children}
      <Texts
        texts={texts}
        deployment={deployment}
        onChange={type}
      />
    </Flex>
  );
}

interface NameFieldProps {
  readonly name: string;
  readonly mistake: string | undefined;
  readonly isLocked: boolean;
  readonly onChange: (name: string) => void;
}

function NameField({ name, mistake, isLocked, onChange }: NameFieldProps) {
  return (
    <TextField
      size="small"
      label={PLACE_LABELS.name}
      required
      autoFocus
      autoComplete="off"
      value={name}
      disabled={isLocked}
      error={name !== "" && mistake !== undefined}
      helperText={PLACE_LABELS.nameRule}
      onChange={({ target }) => onChange(target.value)}
      sx={{ width: 520, maxWidth: "100%" }}
    />
  );
}

interface ButtonsProps {
  readonly deployment: DeploymentState;
  readonly obstacle: string | undefined;
  readonly onDeploy: () => void;
}

function Buttons({ deployment: { isRunning, operation, cancel }, obstacle, onDeploy }: ButtonsProps) {
  return (
    <>
      {isRunning && (
        <ActionButton
          label={SWARM_LABELS.cancel}
          obstacle={operation === undefined ? SWARM_LABELS.starting : undefined}
          onClick={cancel}
        />
      )}
      <ActionButton label={SWARM_LABELS.deploy} variant="contained" obstacle={obstacle} onClick={onDeploy} />
    </>
  );
}

interface TextsProps {
  readonly texts: TypedTexts;
  readonly deployment: DeploymentState;
  readonly onChange: (changed: Partial<TypedTexts>) => void;
}

function Texts({ texts, deployment: { isRunning, issues }, onChange }: TextsProps) {
  const of = (place: IssuePlace) => issues.filter((issue) => issue.place === place);
  return (
    <>
      <IssueList label={ISSUE_LABELS.errors} issues={of("form")} />
      <TextFieldset
        {...COMPOSE_LABELS}
        language="yaml"
        height="max(280px, calc(100dvh - 560px))"
        text={texts.compose}
        readOnly={isRunning}
        issues={of("compose")}
        environment={texts.env}
        onChange={(compose) => onChange({ compose })}
      />
      <TextFieldset
        {...ENV_LABELS}
        language="env"
        height="120px"
        text={texts.env}
        readOnly={isRunning}
        issues={of("env")}
        onChange={(env) => onChange({ env })}
      />
    </>
  );
}

interface HeaderProps {
  readonly name: string | undefined;
  readonly hostId: string;
  readonly children: ReactNode;
}

function Header({ name, hostId, children }: HeaderProps) {
  return (
    <>
      <Link href={hrefTo("swarm")} variant="body2" sx={{ alignSelf: "flex-start" }}>{SWARM_LABELS.back}</Link>
      <Flex direction="row" spacing={1} useFlexGap sx={{ alignItems: "center", flexWrap: "wrap" }}>
        <Typography variant="h1" sx={{ flexGrow: 1, overflowWrap: "anywhere" }}>
          {name === undefined ? SWARM_LABELS.newTitle : SWARM_LABELS.title(name)}
        </Typography>
        {children}
      </Flex>
      <Typography variant="body2" color="text.secondary">{SWARM_LABELS.where(hostId)}</Typography>
    </>
  );
}

function Progress({ deployment }: { readonly deployment: DeploymentState }) {
  const { isRunning, operation, failure } = deployment;
  const message = operation?.messages.at(-1);
  return (
    <>
      {isRunning && <Alert severity="info" role="status">{message ?? SWARM_LABELS.starting}</Alert>}
      {operation?.state === "succeeded" && <Alert severity="success" role="status">{message}</Alert>}
      {failure !== undefined && (
        <Alert severity="error" sx={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{failure}</Alert>
      )}
      {operation?.warnings.map((warning) => <Alert key={warning} severity="warning">{warning}</Alert>)}
      {operation !== undefined && <StepList operation={operation} />}
    </>
  );
}

interface ReplaceProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Replace({ isOn, onChange }: ReplaceProps) {
  return (
    <div>
      <FormControlLabel
        control={<Switch checked={isOn} onChange={(_event, checked) => onChange(checked)} />}
        label={SWARM_LABELS.replace}
      />
      <Typography variant="body2" color="text.secondary">{SWARM_LABELS.replaceHint}</Typography>
    </div>
  );
}
