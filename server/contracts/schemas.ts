/** The schemas of everything that is said and asked, as JSON Schema, from those that the code itself uses. */
import { type JsonSchema, toJsonSchemaDefs } from "@valibot/to-json-schema";
import * as v from "valibot";
import * as about from "../protocol/about.ts";
import * as greeting from "../protocol/greeting.ts";
import * as hosts from "../protocol/hosts.ts";
import * as log from "../protocol/log.ts";
import * as operations from "../protocol/operations.ts";
import * as output from "../protocol/output.ts";
import * as problem from "../protocol/problem.ts";
import * as session from "../protocol/session.ts";
import * as stackEvents from "../protocol/stack_events.ts";
import * as stackRequests from "../protocol/stack_requests.ts";
import * as stacks from "../protocol/stacks.ts";
import * as stats from "../protocol/stats.ts";

export type { JsonSchema };

/** Each schema that a document names, and what it is. */
const NAMED = {
  Greeting: [
    v.strictObject({ message: v.literal(greeting.GREETING.message) }),
    "The first frame of every socket.",
  ],
  StatsMessage: [stats.StatsMessage, "One container, now."],
  DetailedStatsMessage: [
    stats.DetailedStatsMessage,
    "One container, now, with detail=full; null where the engine does not say.",
  ],
  StatsBatch: [
    v.array(v.union([stats.StatsMessage, stats.DetailedStatsMessage])),
    "The newest of each container, in the shape that was asked for.",
  ],
  HistoryPoint: [
    stats.HistoryPoint,
    "Epoch ms, CPU usage, memory usage, and in bytes per second network received and sent, block read and written.",
  ],
  HistoryMessage: [stats.HistoryMessage, "What was already collected of one container, oldest first."],
  HostNotice: [stats.HostNotice, "A host that cannot be read (error is its words), or can again (null)."],
  HostReport: [hosts.HostReport, "One host; what its engine says is null until it has answered once."],
  LogMessage: [log.LogMessage, "One line of DockStat's own log."],
  OutputMessage: [output.OutputMessage, "One line of what a container writes."],
  OutputNotice: [
    output.OutputNotice,
    "A container whose output has ended (error says why), or goes on (null).",
  ],
  StackEvent: [stackEvents.StackEvent, "Something that has happened to a stack."],
  StackService: [
    stacks.StackService,
    "One container of a service, or a service without one: all but its name is null.",
  ],
  Operation: [operations.Operation, "One operation on a stack."],
  ToldOperation: [
    operations.OperationWithMessages,
    "An operation with the last of what was said of it, oldest first.",
  ],
  BegunOperation: [operations.StartedOperation, "An operation that was begun."],
  Stack: [stacks.Stack, "One stack, or a project that DockStat did not create: its ids and times are null."],
  EditedStack: [stacks.SavedStack, "A stack that was made or changed."],
  StackFiles: [stacks.StackFiles, "What a stack is made of, byte for byte as it is kept."],
  ValidatedStack: [stacks.ValidatedStack, "Texts that Compose takes; the services by name."],
  NewStack: [stackRequests.NewStack, "A stack to be made, and deployed unless deploy is false."],
  StackChange: [stackRequests.StackChange, "What is to change; the stack is deployed if deploy is true."],
  StackDraft: [stackRequests.StackDraft, "Texts that are only looked at."],
  Adoption: [stackRequests.Adoption, "A project to be taken over."],
  About: [about.About, "The server, and what this client may do."],
  SessionRequest: [session.SessionRequest, "The page that wants to open the sockets."],
  Session: [session.Session, "A ticket for the sockets, and where they are."],
  Health: [about.Health, "The server is well."],
  InputIssue: [problem.InputIssue, "One mistake, or one thing that will probably not do what was meant."],
  Problem: [problem.Problem, "Why a request was refused (RFC 9457)."],
} as const satisfies Readonly<Record<string, readonly [v.GenericSchema, string]>>;

/** The name of a schema in the documents. */
export type SchemaName = keyof typeof NAMED;

/** All schemas by their names, as they stand below `components.schemas`, in the dialect of a document. */
export function allSchemas(target: "draft-2020-12" | "draft-07"): Readonly<Record<SchemaName, JsonSchema>> {
  const named = Object.entries(NAMED).map(([name, [schema]]) => [name, schema] as const);
  const schemas = toJsonSchemaDefs(Object.fromEntries(named), {
    target,
    overrideRef: ({ referenceId }) => refTo(referenceId as SchemaName).$ref,
    // JSON has no other numbers, and JSON Schema no word for well-formed Unicode.
    ignoreActions: ["finite", "check"],
  });
  const described = Object.entries(NAMED).map((
    [name, [, description]],
  ) => [name, { description, ...schemas[name] }]);
  return Object.fromEntries(described);
}

/** Where a schema stands in the documents. */
export function refTo(name: SchemaName): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}
