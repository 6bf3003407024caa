/** Paths of alerts, rules and channels, a part of the table behind `/openapi.json`. */
import { BODY_REFUSALS, type HttpOperation, type HttpPath } from "./http_operation.ts";
import { ALERT_OPTIONS } from "./past_options.ts";

const plain = { tag: "alerts" } as const;

/** Paths of alerts. */
export const ALERT_PATHS: Readonly<Record<string, HttpPath>> = {
  "/alerts": {
    get: {
      ...plain,
      id: "getAlerts",
      summary: "Alerts, firing and past; without the token lines of logs are hidden",
      need: "view",
      query: ALERT_OPTIONS,
      answers: {
        200: {
          description: "Alerts that have not ended, and the newest 100 past ones.",
          schema: "AlertPage",
        },
      },
    },
  },
  "/alerts/{id}/acknowledge": {
    post: {
      ...plain,
      id: "acknowledgeAlert",
      summary: "Stop the repeats of an alert",
      need: "change",
      answers: { 200: { description: "The alert.", schema: "Alert" } },
      refusals: [404, 409],
    },
  },
  "/alerts/{id}/silence": {
    post: {
      ...plain,
      id: "silenceAlert",
      summary: "Silence an alert for a time; only its recovery is sent",
      need: "change",
      body: "SilenceRequest",
      answers: { 200: { description: "The alert.", schema: "Alert" } },
      refusals: [404, 409, ...BODY_REFUSALS],
    },
  },
  "/alerts/rules": settings("rule", "Rule", "RuleDraft"),
  "/alerts/rules/{id}": setting("rule", "Rule", "RuleDraft"),
  "/alerts/channels": settings("channel", "Channel", "ChannelDraft"),
  "/alerts/channels/{id}": setting("channel", "Channel", "ChannelDraft"),
  "/alerts/channels/{id}/test": {
    post: {
      ...plain,
      id: "testChannel",
      summary: "Send a test message; ten per minute at most",
      need: "change",
      answers: {
        200: {
          description: "The outcome, without anything that the destination sent.",
          schema: "ChannelTest",
        },
      },
      refusals: [404, 429],
    },
  },
};

type Full = "Rule" | "Channel";

function settings(name: string, schema: Full, draft: `${Full}Draft`): HttpPath {
  return {
    get: {
      ...plain,
      id: `list${schema}s`,
      summary: `All ${name}s, those of dockstat.yaml first`,
      need: "secrets",
      answers: { 200: { description: `The ${name}s.`, schema, list: true } },
    },
    post: {
      ...plain,
      id: `create${schema}`,
      summary: `Store a new ${name}`,
      need: "change",
      body: draft,
      answers: { 201: { description: `The ${name}.`, schema, location: true } },
      refusals: [409, ...BODY_REFUSALS],
    },
  };
}

function setting(name: string, schema: Full, draft: `${Full}Draft`): HttpPath {
  const answer: Pick<HttpOperation, "answers"> = {
    answers: { 200: { description: `The ${name}.`, schema } },
  };
  return {
    get: {
      ...plain,
      ...answer,
      id: `get${schema}`,
      summary: `One ${name}`,
      need: "secrets",
      refusals: [404],
    },
    put: {
      ...plain,
      ...answer,
      id: `replace${schema}`,
      summary: `Replace a stored ${name}; missing keys are cleared`,
      need: "change",
      body: draft,
      refusals: [404, ...BODY_REFUSALS],
    },
    delete: {
      ...plain,
      id: `delete${schema}`,
      summary: `Delete a stored ${name}`,
      need: "change",
      answers: { 204: { description: "It is deleted.", empty: true } },
      refusals: [404],
    },
  };
}
