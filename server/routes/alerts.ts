/** `/alerts` over HTTP: alerts, rules and channels. */
import type { Alerts } from "../alerts/alerts.ts";
import { checkRule } from "../alerts/rule_check.ts";
import { readBody } from "../http/body.ts";
import { jsonResponse, NO_STORE } from "../http/problem.ts";
import { type Option, parseOptions } from "../http/query.ts";
import type { Path } from "../http/router.ts";
import { type Alert, SilenceRequest } from "../protocol/alerts/alert.ts";
import { ChannelDraft, type ChannelTest } from "../protocol/alerts/channel.ts";
import { type Rule, RuleDraft } from "../protocol/alerts/rule.ts";
import { HIDDEN } from "../stacks/public_view.ts";
import type { AlertPlace } from "../store/alerts/alert_store.ts";
import { wholeNumber, withoutOptions } from "./filters.ts";

/** Number of past alerts in a page unless `tail` is given, and the maximum. */
const PAGE = 100;
const LARGEST_PAGE = 1000;

const place: Option<AlertPlace> = {
  parse: (text) => {
    const [, ended, id] = /^(\d{1,15})_([0-9a-f-]{36})$/.exec(text) ?? [];
    return ended === undefined || id === undefined ? undefined : { ended: Number(ended), id };
  },
  expected: "the value of next in an earlier page",
};

/** Services of these paths. */
export interface AlertServices {
  readonly alerts: Alerts;
}

/** Returns the paths of alerts. */
export function alertPaths(
  { alerts }: AlertServices,
  bodyBytes: number,
): Readonly<Record<string, Path>> {
  return {
    // Before the paths of single alerts, because a rule may be called "acknowledge".
    ...rulePaths(alerts, bodyBytes),
    ...channelPaths(alerts, bodyBytes),
    "/alerts": {
      GET: ({ url, trusted }) => {
        const query = parseOptions(url.searchParams, { tail: wholeNumber(1, LARGEST_PAGE), next: place });
        const page = alerts.list(query.tail[0] ?? PAGE, query.next[0]);
        return jsonResponse(trusted ? page : { ...page, alerts: page.alerts.map(publicAlert) });
      },
    },
    "/alerts/{id}/acknowledge": {
      POST: withoutOptions(({ params }) => jsonResponse(alerts.acknowledge(params["id"]!))),
    },
    "/alerts/{id}/silence": {
      POST: withoutOptions(async ({ request, params }) => {
        const { for: duration } = await readBody(request, SilenceRequest, bodyBytes);
        return jsonResponse(alerts.silence(params["id"]!, duration));
      }),
    },
  };
}

function rulePaths(alerts: Alerts, bodyBytes: number): Readonly<Record<string, Path>> {
  const read = async (request: Request, replaced?: Rule) => {
    const draft = await readBody(request, RuleDraft, bodyBytes);
    await checkRule(draft, alerts.channels, replaced);
    return draft;
  };
  return {
    "/alerts/rules": {
      need: "secrets",
      GET: withoutOptions(() => jsonResponse(alerts.rules.list())),
      POST: withoutOptions(async ({ request }) => created("rules", alerts.rules.create(await read(request)))),
    },
    "/alerts/rules/{id}": {
      need: "secrets",
      GET: withoutOptions(({ params }) => jsonResponse(alerts.rules.existing(params["id"]!))),
      PUT: withoutOptions(async ({ request, params }) =>
        jsonResponse(
          alerts.rules.replace(params["id"]!, await read(request, alerts.rules.get(params["id"]!))),
        )
      ),
      DELETE: withoutOptions(({ params }) => {
        alerts.rules.remove(params["id"]!);
        return deleted();
      }),
    },
  };
}

function channelPaths(alerts: Alerts, bodyBytes: number): Readonly<Record<string, Path>> {
  return {
    "/alerts/channels": {
      need: "secrets",
      GET: withoutOptions(() =>
        jsonResponse(alerts.channels.list().map((channel) => alerts.withFailure(channel)))
      ),
      POST: withoutOptions(async ({ request }) =>
        created("channels", alerts.channels.create(await readBody(request, ChannelDraft, bodyBytes)))
      ),
    },
    "/alerts/channels/{id}": {
      need: "secrets",
      GET: withoutOptions(({ params }) =>
        jsonResponse(alerts.withFailure(alerts.channels.existing(params["id"]!)))
      ),
      PUT: withoutOptions(async ({ request, params }) => {
        const draft = await readBody(request, ChannelDraft, bodyBytes);
        return jsonResponse(alerts.channels.replace(params["id"]!, draft));
      }),
      DELETE: withoutOptions(({ params }) => {
        alerts.removeChannel(params["id"]!);
        return deleted();
      }),
    },
    "/alerts/channels/{id}/test": {
      POST: withoutOptions(async ({ params }) => {
        const body: ChannelTest = { outcome: await alerts.test(params["id"]!) };
        return jsonResponse(body);
      }),
    },
  };
}

/** Hides what a container has written. */
function publicAlert(alert: Alert): Alert {
  return { ...alert, line: alert.line === null ? null : HIDDEN };
}

function created(kind: string, body: { readonly id: string }): Response {
  return Response.json(body, {
    status: 201,
    headers: { ...NO_STORE, location: `/alerts/${kind}/${body.id}` },
  });
}

function deleted(): Response {
  return new Response(null, { status: 204, headers: NO_STORE });
}
