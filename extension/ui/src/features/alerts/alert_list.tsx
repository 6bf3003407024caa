import { Box, Link, Stack, Typography } from "@mui/material";
import { useState } from "react";
import type { Alert as AlertMessage } from "../../../../../server/protocol/alerts/alert.ts";
import { ActionButton } from "../../components/action_button.tsx";
import { StateMark, Tag, type Tone } from "../../components/design/state_mark.tsx";
import { EmptyState } from "../../components/empty_state.tsx";
import { Loading } from "../../components/loading.tsx";
import { useClient, useObstacle } from "../../lib/client.ts";
import { formatSpan, formatTime } from "../../lib/format.ts";
import { useOpenAlerts } from "../../lib/open_alerts.ts";
import { safeText } from "../../lib/safe_text.ts";
import { useNow } from "../../lib/use_now.ts";
import { useObservable } from "../../lib/use_observable.ts";
import { Row, Rows } from "./parts/frame.ts";
import { LABELS, STATE_LABELS } from "./model/labels.ts";

const TONES: Readonly<Record<AlertMessage["state"], Tone>> = {
  firing: "bad",
  acknowledged: "careful",
  silenced: "careful",
  unknown: "off",
  resolved: "good",
};

/** Alerts that have not ended, and past ones. */
export function AlertList() {
  const alerts = useOpenAlerts();
  const page = useObservable(alerts.page);
  const now = useNow(true);
  if (page === undefined) return <Loading />;
  if (page.alerts.length === 0) return <EmptyState title={LABELS.nothing}>{LABELS.nothingText}</EmptyState>;
  const open = page.alerts.filter(({ endedAt }) => endedAt === null);
  const past = page.alerts.filter(({ endedAt }) => endedAt !== null);
  const change = () => void alerts.read();
  return (
    <Stack spacing={3}>
      <Section title={LABELS.firing} alerts={open} now={now} onChange={change} />
      {past.length > 0 && <Section title={LABELS.past} alerts={past} now={now} onChange={change} />}
    </Stack>
  );
}

interface SectionProps {
  readonly title: string;
  readonly alerts: readonly AlertMessage[];
  readonly now: number;
  readonly onChange: () => void;
}

function Section({ title, alerts, ...rest }: SectionProps) {
  return (
    <section aria-label={title}>
      <Typography variant="h3" component="h2" sx={{ mb: 1 }}>{title}</Typography>
      {alerts.length === 0
        ? <Typography color="text.secondary">{LABELS.nothingNow}</Typography>
        : <Rows>{alerts.map((alert) => <AlertRow key={alert.id} alert={alert} {...rest} />)}</Rows>}
    </section>
  );
}

interface AlertRowProps {
  readonly alert: AlertMessage;
  readonly now: number;
  readonly onChange: () => void;
}

function AlertRow({ alert, now, onChange }: AlertRowProps) {
  const { name, rule, state, reason, page, line, count } = alert;
  return (
    <Row>
      <StateMark tone={TONES[state]} />
      <div className="texts">
        <div className="first">
          <a className="name" href={page}>{safeText(name ?? rule.name)}</a>
          <Tag tone={TONES[state]}>{STATE_LABELS[state]}</Tag>
        </div>
        <div className="more">
          {[rule.name, reason, timeOf(alert, now)].map(safeText).join(" · ")}
        </div>
        {line !== null && (
          <Box className="more" component="code">
            {safeText(line)}
            {count > 1 && ` (${LABELS.matches(count)})`}
          </Box>
        )}
      </div>
      <Controls alert={alert} onChange={onChange} />
    </Row>
  );
}

function Controls({ alert: { id, state, endedAt, log }, onChange }: Omit<AlertRowProps, "now">) {
  const { transport } = useClient();
  const obstacle = useObstacle();
  const [failure, setFailure] = useState<string>();
  const send = (path: string, body?: object) => () =>
    void transport.ask(`/alerts/${id}/${path}`, { method: "POST", ...body === undefined ? {} : { body } })
      .then(() => onChange(), (error) => setFailure(error instanceof Error ? error.message : String(error)));
  return (
    <div className="controls">
      {failure !== undefined && <Typography role="alert" color="error" variant="body2">{failure}</Typography>}
      {log !== null && <Link href={log} variant="body2">{LABELS.log}</Link>}
      {endedAt === null && state !== "acknowledged" && (
        <ActionButton
          label={LABELS.acknowledge}
          help={LABELS.acknowledgeHelp}
          obstacle={obstacle}
          onClick={send("acknowledge")}
        />
      )}
      {endedAt === null && state !== "silenced" && (
        <ActionButton
          label={LABELS.silence}
          help={LABELS.silenceHelp}
          obstacle={obstacle}
          onClick={send("silence", { for: "1h" })}
        />
      )}
    </div>
  );
}

function timeOf({ since, endedAt }: AlertMessage, now: number): string {
  const began = Date.parse(since);
  const ended = endedAt === null ? now : Date.parse(endedAt);
  return `${formatTime(began, now)} ${LABELS.until(formatSpan(Math.max(0, ended - began)))}`;
}
