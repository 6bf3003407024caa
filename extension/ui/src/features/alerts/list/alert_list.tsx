import { Stack, Typography } from "@mui/material";
import type { Alert as AlertMessage } from "../../../../../../server/protocol/alerts/alert.ts";
import { EmptyState } from "../../../components/empty_state.tsx";
import { Loading } from "../../../components/loading.tsx";
import { useOpenAlerts } from "../../../lib/open_alerts.ts";
import { useNow } from "../../../lib/use_now.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { LABELS } from "../model/labels.ts";
import { Rows } from "../parts/frame.ts";
import { AlertRow } from "./alert_row.tsx";

/** Number of alerts about a value whose curve is shown at first; each is one request. */
const CURVES = 5;

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
      {alerts.length === 0 ? <Typography color="text.secondary">{LABELS.nothingNow}</Typography> : (
        <Rows>
          {alerts.map((alert, index) => (
            <AlertRow
              key={alert.id}
              alert={alert}
              showsCurve={alert.endedAt === null && alert.value !== null && index < CURVES}
              {...rest}
            />
          ))}
        </Rows>
      )}
    </section>
  );
}
