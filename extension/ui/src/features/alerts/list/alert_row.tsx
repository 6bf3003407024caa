import { Box, Button, Typography } from "@mui/material";
import { useState } from "react";
import type { Alert as AlertMessage } from "../../../../../../server/protocol/alerts/alert.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { StateMark, Tag, type Tone } from "../../../components/design/state_mark.tsx";
import { useAbout, useClient, useObstacle } from "../../../lib/client.ts";
import { formatBytes, formatPercent, formatRate, formatSpan, formatTime } from "../../../lib/format.ts";
import { safeText } from "../../../lib/safe_text.ts";
import { LABELS, STATE_LABELS } from "../model/labels.ts";
import { Row } from "../parts/frame.ts";
import { AlertCurveView } from "./alert_curve_view.tsx";

const TONES: Readonly<Record<AlertMessage["state"], Tone>> = {
  firing: "bad",
  acknowledged: "careful",
  silenced: "careful",
  unknown: "off",
  resolved: "good",
};

/** Link of an alert whose object has no page. */
const ALERTS = "#/alerts";

/** Buttons without a frame, four of which fit on a phone. */
const NARROW = { minWidth: 0, px: 0.5 };

/** Props of {@linkcode AlertRow}. */
export interface AlertRowProps {
  readonly alert: AlertMessage;
  /** Epoch ms. */
  readonly now: number;
  /** True to show the curve at first. */
  readonly showsCurve: boolean;
  readonly onChange: () => void;
}

/** One alert: its object, cause, time and value, and what can be done about it. */
export function AlertRow({ alert, now, showsCurve, onChange }: AlertRowProps) {
  const mayReadCurve = useAbout()?.access === "full" && alert.curve !== null;
  const [isOpen, setOpen] = useState(showsCurve);
  return (
    <Row>
      <StateMark tone={TONES[alert.state]} />
      <Texts alert={alert} now={now} />
      {mayReadCurve && isOpen && <AlertCurveView alert={alert} now={now} />}
      <div className="controls alert">
        {mayReadCurve && (
          <Button
            size="small"
            sx={NARROW}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? LABELS.hideCurve : LABELS.showCurve}
          </Button>
        )}
        <Controls alert={alert} now={now} onChange={onChange} />
      </div>
    </Row>
  );
}

function Texts({ alert, now }: Pick<AlertRowProps, "alert" | "now">) {
  const { name, rule, state, reason, page, line, count } = alert;
  const shown = safeText(name ?? rule.name);
  const value = formatValue(alert);
  return (
    <div className="texts">
      <div className="first">
        {page === ALERTS
          ? <span className="name">{shown}</span>
          : <a className="name" href={page}>{shown}</a>}
        <Tag tone={TONES[state]}>{stateOf(alert, now)}</Tag>
        {value !== undefined && <span>{value}</span>}
      </div>
      <div className="more">
        {[rule.name, reason].map(safeText).join(" · ")} · <span className="time">{timeOf(alert, now)}</span>
      </div>
      {line !== null && (
        <Box className="more" component="code">
          {safeText(line)}
          {count > 1 && ` (${LABELS.matches(count)})`}
        </Box>
      )}
    </div>
  );
}

function Controls({ alert, now, onChange }: Omit<AlertRowProps, "showsCurve">) {
  const { id, state, endedAt, log, since } = alert;
  const { transport } = useClient();
  const obstacle = useObstacle();
  const [failure, setFailure] = useState<string>();
  const send = (path: string, body?: object) => () =>
    void transport.ask(`/alerts/${id}/${path}`, { method: "POST", ...body === undefined ? {} : { body } })
      .then(() => onChange(), (error) => setFailure(error instanceof Error ? error.message : String(error)));
  return (
    <>
      {failure !== undefined && <Typography role="alert" color="error" variant="body2">{failure}</Typography>}
      {log !== null && (
        <Button
          size="small"
          sx={NARROW}
          href={log}
          aria-label={LABELS.logAt(formatTime(Date.parse(since), now))}
        >
          {LABELS.log}
        </Button>
      )}
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
    </>
  );
}

function stateOf({ state, silencedUntil }: AlertMessage, now: number): string {
  if (state !== "silenced" || silencedUntil === null) return STATE_LABELS[state];
  return LABELS.silencedUntil(formatTime(Date.parse(silencedUntil), now));
}

function timeOf({ since, endedAt }: AlertMessage, now: number): string {
  const began = Date.parse(since);
  const time = formatTime(began, now);
  const span = LABELS.until(formatSpan(Math.max(0, (endedAt === null ? now : Date.parse(endedAt)) - began)));
  return endedAt === null ? LABELS.since(time, span) : `${time} ${span}`;
}

function formatValue({ value, unit, endedAt }: AlertMessage): string | undefined {
  if (value === null) return undefined;
  const format = unit === "bytes" ? formatBytes : unit === "bytes/s" ? formatRate : formatPercent;
  return endedAt === null ? LABELS.valueNow(format(value)) : LABELS.valueLast(format(value));
}
