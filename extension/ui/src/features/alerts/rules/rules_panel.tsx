import { Switch } from "@mui/material";
import { useState } from "react";
import type { Rule } from "../../../../../../server/protocol/alerts/rule.ts";
import { ActionButton, ActionIcon } from "../../../components/action_button.tsx";
import { StateMark, Tag } from "../../../components/design/state_mark.tsx";
import { DeleteIcon } from "../../../components/icons.tsx";
import { useObstacle } from "../../../lib/client.ts";
import { Row } from "../parts/frame.ts";
import { LABELS } from "../model/labels.ts";
import { describeRule } from "../model/describe_rule.ts";
import { SettingsList } from "../parts/settings_list.tsx";
import type { AlertSettings } from "../parts/use_settings.ts";
import { RuleDialog } from "./rule_dialog.tsx";

/** Props of {@linkcode RulesPanel}. */
export interface RulesPanelProps {
  readonly settings: AlertSettings;
}

/** All rules, with an editor. */
export function RulesPanel({ settings }: RulesPanelProps) {
  const obstacle = useObstacle();
  const [edited, setEdited] = useState<Rule | "new">();
  return (
    <>
      <SettingsList
        items={settings.rules}
        failure={settings.failure}
        label={LABELS.rules}
        add={{ label: LABELS.addRule, onClick: () => setEdited("new") }}
        empty={{ title: LABELS.noRules, text: LABELS.noRulesText }}
        row={(rule) => (
          <RuleRow
            rule={rule}
            settings={settings}
            obstacle={obstacle}
            onEdit={() => setEdited(rule)}
          />
        )}
      />
      {edited !== undefined && (
        <RuleDialog
          rule={edited === "new" ? undefined : edited}
          settings={settings}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}

interface RuleRowProps {
  readonly rule: Rule;
  readonly settings: AlertSettings;
  readonly obstacle: string | undefined;
  readonly onEdit: () => void;
}

function RuleRow({ rule, settings, obstacle, onEdit }: RuleRowProps) {
  const { id, name, enabled, problem, deliver, source } = rule;
  const { channels = [], change } = settings;
  const names = deliver.map((one) => channels.find((channel) => channel.id === one)?.name ?? one);
  const isFixed = source === "file";
  const path = `/alerts/rules/${id}`;
  return (
    <Row>
      <StateMark tone={problem !== null ? "careful" : enabled ? "good" : "off"} />
      <div className="texts">
        <div className="first">
          <span className="name">{name}</span>
          {isFixed && <Tag tone="off">{LABELS.ofFile}</Tag>}
        </div>
        <div className="more">{problem ?? describeRule(rule)}</div>
        <div className="more">{names.length === 0 ? LABELS.noDelivery : names.join(", ")}</div>
      </div>
      {!isFixed && (
        <div className="controls">
          <Switch
            size="small"
            checked={enabled}
            disabled={obstacle !== undefined}
            slotProps={{ input: { "aria-label": LABELS.enabled(name) } }}
            onChange={(event) =>
              void change(path, { method: "PUT", body: { ...rule, enabled: event.target.checked } })}
          />
          <ActionButton
            label={LABELS.edit}
            help={LABELS.editRule(name)}
            obstacle={obstacle}
            onClick={onEdit}
          />
          <ActionIcon
            label={LABELS.deleteRule(name)}
            icon={<DeleteIcon />}
            obstacle={obstacle}
            onClick={() => void change(path, { method: "DELETE" })}
          />
        </div>
      )}
    </Row>
  );
}
