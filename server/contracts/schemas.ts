/** JSON Schemas of all messages and requests, generated from the schemas that the code uses. */
import { type JsonSchema, toJsonSchemaDefs } from "@valibot/to-json-schema";
import * as v from "valibot";
import * as alert from "../protocol/alerts/alert.ts";
import * as channel from "../protocol/alerts/channel.ts";
import * as rule from "../protocol/alerts/rule.ts";
import * as about from "../protocol/about.ts";
import * as containers from "../protocol/containers.ts";
import * as drafts from "../protocol/drafts/draft.ts";
import * as downloads from "../protocol/downloads.ts";
import * as git from "../protocol/git/git.ts";
import * as greeting from "../protocol/greeting.ts";
import * as hosts from "../protocol/hosts.ts";
import * as newHost from "../protocol/hosts/new_host.ts";
import * as log from "../protocol/log.ts";
import * as operations from "../protocol/operations.ts";
import * as output from "../protocol/output.ts";
import * as problem from "../protocol/problem.ts";
import * as removal from "../protocol/removal.ts";
import * as prune from "../protocol/resources/prune.ts";
import * as resources from "../protocol/resources/resources.ts";
import * as session from "../protocol/session.ts";
import * as stackEvents from "../protocol/stack_events.ts";
import * as stackFiles from "../protocol/stack_files.ts";
import * as stackRequests from "../protocol/stack_requests.ts";
import * as stackVersions from "../protocol/stack_versions.ts";
import * as stacks from "../protocol/stacks.ts";
import * as stats from "../protocol/stats.ts";
import * as swarm from "../protocol/swarm/swarm.ts";
import * as tags from "../protocol/images/tags.ts";
import * as updates from "../protocol/images/updates.ts";
import * as terminal from "../protocol/terminal/frames.ts";
import * as history from "../protocol/past/history.ts";
import * as report from "../protocol/past/report.ts";
import * as timeline from "../protocol/past/timeline.ts";

export type { JsonSchema };

/** Schema and description of each name in the documents. */
const NAMED = {
  Greeting: [
    v.strictObject({ message: v.literal(greeting.GREETING.message) }),
    "The first frame of every socket.",
  ],
  StatsMessage: [stats.StatsMessage, "One container, now."],
  DetailedStatsMessage: [
    stats.DetailedStatsMessage,
    "One container at one moment, with detail=full; null where the engine does not report it.",
  ],
  StatsBatch: [
    v.array(v.union([stats.StatsMessage, stats.DetailedStatsMessage])),
    "The newest message of each container, in the requested shape.",
  ],
  HistoryPoint: [
    stats.HistoryPoint,
    "Epoch ms, CPU usage, memory usage; then bytes per second: network received and sent, block read and written.",
  ],
  HistoryMessage: [stats.HistoryMessage, "Points collected so far of one container, oldest first."],
  IntervalNotice: [
    stats.IntervalNotice,
    "A socket that has fallen back from an interval below 1s, with the reason.",
  ],
  CurveMessage: [
    history.CurveMessage,
    "History of one container with points: mean, minimum and maximum of each column, oldest first.",
  ],
  KeptCurve: [history.KeptCurve, "Kept samples of one container or host, oldest first."],
  KeptHistory: [history.KeptHistory, "Kept samples of containers and hosts."],
  Finding: [report.Finding, "One finding of a report: everything of one kind about one thing."],
  Report: [report.Report, "Restarts, failures, growth and shortages of a time span."],
  HostNotice: [
    stats.HostNotice,
    "A host that cannot be read (error is the reason), or can be read again (null).",
  ],
  HostUsage: [hosts.HostUsage, "Numbers of a host's machine; null where they are unknown."],
  HostStatsMessage: [hosts.HostStatsMessage, "The machine of one host at one moment, with hosts=1."],
  HostReport: [hosts.HostReport, "One host; the engine's facts are null until it has answered once."],
  Swarm: [swarm.Swarm, "A swarm as one of its managers knows it."],
  SwarmStackDraft: [swarm.SwarmStackDraft, "The texts of a swarm stack."],
  SwarmStackTexts: [swarm.SwarmStackTexts, "The stored texts of a swarm stack."],
  SwarmAvailability: [swarm.SwarmAvailability, "The body of POST /swarm/{hostId}/nodes/{id}/availability."],
  SwarmScale: [swarm.SwarmScale, "The wanted number of tasks of a service."],
  NewHost: [
    newHost.NewHost,
    "A host to read: tcp with PEM texts, or ssh with the keys of the server's user.",
  ],
  HostAddress: [newHost.HostAddress, "The address of an engine."],
  HostTest: [newHost.HostTest, "The outcome of a test."],
  LogMessage: [log.LogMessage, "One line of DockStat's own log."],
  OutputMessage: [output.OutputMessage, "One line of container output."],
  OutputBatch: [v.array(output.OutputMessage), "Lines of container output, with batch=1."],
  OutputEntry: [output.OutputEntry, "One line of a page of container output."],
  LogEntry: [
    v.union([log.LogMessage, output.OutputEntry]),
    "One line of DockStat's own log; with container, one line of its output.",
  ],
  OutputNotice: [
    output.OutputNotice,
    "A container whose output has ended (error is the reason), or continues (null).",
  ],
  OutputDropped: [
    output.OutputDropped,
    "Number of lines that a client has lost because it reads too slowly.",
  ],
  OutputHistogram: [output.OutputHistogram, "Number of lines within a time, and of errors among them."],
  OutputFound: [output.OutputFound, "One line that a search found, or a line around one."],
  OutputFoundBatch: [v.array(output.OutputFound), "Lines that a search found."],
  OutputScan: [output.OutputScan, "Progress of a search."],
  ContainerDetails: [
    containers.ContainerDetails,
    "The details of one container; null where the engine does not report it.",
  ],
  LimitChange: [containers.LimitChange, "New limits of a container; a missing key changes nothing."],
  Image: [resources.Image, "One image of a host, with its users."],
  Volume: [resources.Volume, "One volume of a host, with its users."],
  Network: [resources.Network, "One network of a host, with its users."],
  PruneRequest: [prune.PruneRequest, "The kinds of unused objects to list or remove."],
  PrunePreview: [prune.PrunePreview, "What a prune would remove, and the digest that the removal needs."],
  TerminalFacts: [terminal.TerminalFacts, "What a client needs to know before it opens a terminal."],
  TerminalStart: [terminal.TerminalStart, "The first frame of a terminal's client."],
  TerminalControl: [terminal.TerminalControl, "A size, an acknowledgement, or the end of the input."],
  TerminalExit: [terminal.TerminalExit, "The end of a terminal's command."],
  TerminalFailure: [terminal.TerminalFailure, "The reason why a terminal failed."],
  TerminalAck: [terminal.TerminalAck, "Bytes of input that the engine has accepted, in total."],
  StackEvent: [stackEvents.StackEvent, "An event of a stack."],
  StackService: [stacks.StackService, "One service of a stack, with its containers."],
  StackFile: [stackFiles.StackFile, "A further file of a stack."],
  Upload: [stackFiles.Upload, "Bytes that are kept for a save."],
  StackVersion: [stackVersions.StackVersion, "The contents of a stack after one of its saves."],
  StackVersionContents: [stackVersions.StackVersionContents, "A version with its texts."],
  Draft: [drafts.Draft, "Unsaved texts."],
  DraftChange: [
    drafts.DraftChange,
    "Texts of a draft; missing keys keep their texts, and `null` removes one.",
  ],
  DeploymentPlan: [stacks.DeploymentPlan, "Everything that a deployment would change."],
  PlannedChange: [stacks.PlannedChange, "What a deployment would do with a service."],
  RemovalPreview: [removal.RemovalPreview, "Objects that a removal would delete."],
  DetailedStackEvent: [stackEvents.DetailedStackEvent, "An event of a stack, with detail=full."],
  Failure: [operations.Failure, "The explanation of a failed operation."],
  OperationOutput: [operations.OperationOutput, "The output of an operation, besides its progress."],
  Operation: [operations.Operation, "One operation on a stack, a project, or a container."],
  OperationWithMessages: [
    operations.OperationWithMessages,
    "An operation with its newest messages, oldest first.",
  ],
  StartedOperation: [operations.StartedOperation, "An operation that was started."],
  Stack: [stacks.Stack, "One stack, or a project that DockStat did not create; its ids and times are null."],
  AdoptedStack: [stacks.AdoptedStack, "A stack that was adopted."],
  AdoptionPreview: [stacks.AdoptionPreview, "What the first deployment after an adoption would change."],
  SavedStack: [stacks.SavedStack, "A stack that was created or changed."],
  StackFiles: [stacks.StackFiles, "The texts of a stack, byte for byte as stored."],
  ValidatedStack: [stacks.ValidatedStack, "Texts that Compose accepts, with the names of their services."],
  NewStack: [stackRequests.NewStack, "A new stack; it is deployed unless deploy is false."],
  NewGitStack: [git.NewGitStack, "A new stack from Git; it is deployed unless deploy is false."],
  GitChange: [git.GitChange, "Changes of the schedule, the webhook and the redeploy token."],
  ChangedGit: [git.ChangedGit, "The Git side of a stack, with new secrets."],
  GitDifference: [git.GitDifference, "The difference between a stack and its branch."],
  GitDelivery: [git.GitDelivery, "The outcome of a delivery or a redeployment."],
  StackChange: [stackRequests.StackChange, "New texts and files; the stack is deployed if deploy is true."],
  PlanDraft: [stackRequests.PlanDraft, "Texts to compare; missing ones are the stored texts of the stack."],
  StackDraft: [stackRequests.StackDraft, "Texts to validate."],
  Adoption: [stackRequests.Adoption, "A project to adopt."],
  About: [about.About, "The server, and what this client may do."],
  NewDownload: [downloads.NewDownload, "The path to save."],
  Download: [downloads.Download, "The address of a download."],
  SessionRequest: [session.SessionRequest, "The page that will open the sockets."],
  Session: [session.Session, "A ticket for the sockets, and their address."],
  SignIn: [session.SignIn, "The token."],
  NewSession: [session.NewSession, "A new session of the dashboard."],
  SessionInfo: [session.SessionInfo, "A session of the dashboard, without its secret."],
  RotatedToken: [session.RotatedToken, "The new token."],
  TimelineEvent: [timeline.TimelineEvent, "An event of a container, an operation or a host."],
  ImageTags: [tags.ImageTags, "Tags of an image."],
  ImageUpdates: [updates.ImageUpdates, "Images of containers, compared with their registries."],
  TimelinePage: [timeline.TimelinePage, "A page of the timeline."],
  AuditEntry: [timeline.AuditEntry, "An entry of the audit journal."],
  AuditPage: [timeline.AuditPage, "A page of the audit journal."],
  Alert: [alert.Alert, "One alert, firing or past."],
  AlertPage: [alert.AlertPage, "Alerts that have not ended, and a page of past ones."],
  SilenceRequest: [alert.SilenceRequest, "The time of a silence."],
  Rule: [rule.Rule, "A rule with all of its keys."],
  RuleDraft: [rule.RuleDraft, "A new rule, or new contents of one; missing keys get their defaults."],
  Channel: [channel.Channel, "A channel; secrets are references, never values."],
  ChannelDraft: [channel.ChannelDraft, "A new channel, or new contents of one; missing keys are cleared."],
  ChannelTest: [channel.ChannelTest, "The outcome of a test."],
  Health: [about.Health, "The server is healthy."],
  InputIssue: [problem.InputIssue, "One error, or one warning about a likely mistake."],
  Problem: [problem.Problem, "The reason of a refusal (RFC 9457)."],
} as const satisfies Readonly<Record<string, readonly [v.GenericSchema, string]>>;

/** The name of a schema in the documents. */
export type SchemaName = keyof typeof NAMED;

/** Returns all schemas for `components.schemas`, in the dialect of a document. */
export function allSchemas(target: "draft-2020-12" | "draft-07"): Readonly<Record<SchemaName, JsonSchema>> {
  const named = Object.entries(NAMED).map(([name, [schema]]) => [name, schema] as const);
  const schemas = toJsonSchemaDefs(Object.fromEntries(named), {
    target,
    overrideRef: ({ referenceId }) => refTo(referenceId as SchemaName).$ref,
    // JSON has no other numbers, and JSON Schema cannot express well-formed Unicode.
    ignoreActions: ["finite", "check"],
  });
  const described = Object.entries(NAMED).map((
    [name, [, description]],
  ) => [name, { description, ...schemas[name] }]);
  return Object.fromEntries(described);
}

/** Returns a reference to a schema. */
export function refTo(name: SchemaName): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}
