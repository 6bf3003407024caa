import { useState } from "react";
import type { Channel, ChannelTest } from "../../../../../../server/protocol/alerts/channel.ts";
import { ActionButton, ActionIcon } from "../../../components/action_button.tsx";
import { COLORS } from "../../../components/design/tokens.ts";
import { Tag } from "../../../components/design/state_mark.tsx";
import { DeleteIcon } from "../../../components/icons.tsx";
import { useClient, useObstacle } from "../../../lib/client.ts";
import { formatTime } from "../../../lib/format.ts";
import { hrefTo } from "../../../lib/route.ts";
import { showNotice } from "../parts/show_notice.ts";
import { Row } from "../parts/frame.ts";
import { CHANNEL_LABELS, LABELS, OUTCOME_LABELS } from "../model/labels.ts";
import { SettingsList } from "../parts/settings_list.tsx";
import type { AlertSettings } from "../parts/use_settings.ts";
import { ChannelDialog } from "./channel_dialog.tsx";

/** All channels, with an editor and tests. */
export function ChannelsPanel({ settings }: { readonly settings: AlertSettings }) {
  const obstacle = useObstacle();
  const [edited, setEdited] = useState<Channel | "new">();
  const { channels, failure, change } = settings;
  return (
    <>
      <SettingsList
        items={channels}
        failure={failure}
        label={LABELS.channels}
        add={{ label: LABELS.addChannel, onClick: () => setEdited("new") }}
        empty={{ title: LABELS.noChannels, text: LABELS.noChannelsText }}
        row={(channel) => (
          <ChannelRow
            channel={channel}
            obstacle={obstacle}
            onEdit={() => setEdited(channel)}
            onDelete={() => void change(`/alerts/channels/${channel.id}`, { method: "DELETE" })}
          />
        )}
      />
      {edited !== undefined && (
        <ChannelDialog
          channel={edited === "new" ? undefined : edited}
          settings={settings}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}

interface ChannelRowProps {
  readonly channel: Channel;
  readonly obstacle: string | undefined;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

function ChannelRow(
  { channel: { id, name, kind, source, failure }, obstacle, onEdit, onDelete }: ChannelRowProps,
) {
  const [{ text: result, failed = false }, test] = useTest(id);
  return (
    <Row>
      <div className="texts">
        <div className="first">
          <span className="name">{name}</span>
          <Tag tone="off">{CHANNEL_LABELS[kind]}</Tag>
          {source === "file" && <Tag tone="off">{LABELS.ofFile}</Tag>}
        </div>
        {failure !== undefined && (
          <div className="more" style={{ color: COLORS.bad }}>
            {LABELS.failing(OUTCOME_LABELS[failure.outcome], formatTime(Date.parse(failure.since)))}
          </div>
        )}
        <div className="more" role="status" style={failed ? { color: COLORS.bad } : undefined}>
          {result}
        </div>
      </div>
      <div className="controls">
        {kind === "browser"
          ? <BrowserTest name={name} obstacle={obstacle} />
          : <ActionButton label={LABELS.test} obstacle={obstacle} onClick={test} />}
        {source === "stored" && (
          <>
            <ActionButton
              label={LABELS.edit}
              help={LABELS.editChannel(name)}
              obstacle={obstacle}
              onClick={onEdit}
            />
            <ActionIcon
              label={LABELS.deleteChannel(name)}
              icon={<DeleteIcon />}
              obstacle={obstacle}
              onClick={onDelete}
            />
          </>
        )}
      </div>
    </Row>
  );
}

/** Asks the browser for its permission, and shows a notification once it is given. */
function BrowserTest({ name, obstacle }: { readonly name: string; readonly obstacle: string | undefined }) {
  const isKnown = "Notification" in globalThis;
  const [permission, setPermission] = useState(() => isKnown ? Notification.permission : "denied");
  if (permission === "granted") {
    const test = () => showNotice(name, LABELS.testNotice, "test", hrefTo("alerts", "channels"));
    return (
      <ActionButton label={LABELS.test} help={LABELS.notificationsOn} obstacle={obstacle} onClick={test} />
    );
  }
  const denied = permission === "denied" ? LABELS.notificationsDenied : undefined;
  const ask = () => void Notification.requestPermission().then(setPermission);
  return <ActionButton label={LABELS.allowNotifications} obstacle={denied} onClick={ask} />;
}

interface TestResult {
  readonly text: string;
  readonly failed?: boolean;
}

/** Returns the result of the last test of a channel as a sentence, and a function that sends one. */
function useTest(id: string): readonly [TestResult, () => void] {
  const { transport } = useClient();
  const [result, setResult] = useState<TestResult>({ text: "" });
  const test = () => {
    setResult({ text: LABELS.testing });
    transport.ask<ChannelTest>(`/alerts/channels/${id}/test`, { method: "POST" }).then(
      ({ outcome }) => setResult({ text: OUTCOME_LABELS[outcome], failed: outcome !== "delivered" }),
      (error) => setResult({ text: error instanceof Error ? error.message : String(error), failed: true }),
    );
  };
  return [result, test];
}
