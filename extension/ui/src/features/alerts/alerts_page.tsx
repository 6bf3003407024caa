import { Alert, Box, Stack, Typography } from "@mui/material";
import { Tabs } from "../../components/design/tabs.ts";
import { hrefTo } from "../../lib/route.ts";
import { AlertList } from "./list/alert_list.tsx";
import { ChannelsPanel } from "./channels/channels_panel.tsx";
import { LABELS } from "./model/labels.ts";
import { RulesPanel } from "./rules/rules_panel.tsx";
import { useAlertSettings } from "./parts/use_settings.ts";

/** Props of {@linkcode AlertsPage}. */
export interface AlertsPageProps {
  /** Parts after `#/alerts/`: none, `rules` or `channels`. */
  readonly path: readonly string[];
}

const TABS = [["", LABELS.alerts], ["rules", LABELS.rules], ["channels", LABELS.channels]] as const;

/** Alerts, their rules, and where they are delivered. */
export default function AlertsPage({ path: [tab = ""] }: AlertsPageProps) {
  return (
    <Box sx={{ flexGrow: 1, minHeight: 0, overflow: "auto", p: { xs: 1, sm: 2 } }}>
      <Stack direction="row" useFlexGap spacing={2} sx={{ alignItems: "center", flexWrap: "wrap", mb: 2 }}>
        <Typography variant="h1">{LABELS.title}</Typography>
        <Tabs aria-label={LABELS.views}>
          {TABS.map(([name, label]) => (
            <a
              key={name}
              href={name === "" ? hrefTo("alerts") : hrefTo("alerts", name)}
              aria-current={name === tab ? "page" : undefined}
            >
              {label}
            </a>
          ))}
        </Tabs>
      </Stack>
      {tab === "rules" || tab === "channels" ? <Settings tab={tab} /> : <AlertList />}
    </Box>
  );
}

function Settings({ tab }: { readonly tab: "rules" | "channels" }) {
  const settings = useAlertSettings();
  return (
    <Stack spacing={2}>
      {settings.failure !== undefined && <Alert severity="error">{settings.failure}</Alert>}
      {tab === "rules" ? <RulesPanel settings={settings} /> : <ChannelsPanel settings={settings} />}
    </Stack>
  );
}
