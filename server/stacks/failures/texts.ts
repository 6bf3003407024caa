/** Pure: the sentences about causes of failures, and what helps. */
import type { Container } from "../../docker/container.ts";
import type { Cause } from "./recognize.ts";

/** Container that a cause is about. */
type Involved = Pick<Container, "name" | "project"> | undefined;

/** Longest command in a sentence, characters. */
const MOST_COMMAND = 200;

/** Returns the cause as a sentence. */
export function causeText({ kind, subject, address = "" }: Cause, involved: Involved): string {
  const quoted = subject === "" ? "" : ` "${subject}"`;
  switch (kind) {
    case "port-in-use": {
      const port = `Port ${address === "" ? "" : `${address}:`}${subject}`;
      return involved === undefined
        ? `${port} is in use by a program outside Docker, or by a container that has ended since.`
        : `${port} is in use by container "${involved.name}"${ofProject(involved)}.`;
    }
    case "name-in-use":
      return `The container name${quoted} is in use${involved === undefined ? "" : ofProject(involved)}.`;
    case "image-not-found":
      return `The image${quoted} does not exist in its registry.`;
    case "registry-unreachable":
      return `The registry${quoted} cannot be reached.`;
    case "authentication":
      return `The registry refuses access${subject === "" ? "" : ` to${quoted}`}.`;
    case "rate-limit":
      return "The pull limit of the registry is reached.";
    case "unhealthy":
      return `The health check of container${quoted} fails, and other services wait for it.`;
    case "failed-dependency":
      return `Service${quoted} ended with an error, and other services wait for its success.`;
    case "build-failed":
      return `A command of the build failed: ${shortened(subject)}`;
    case "no-space":
      return "The disk of the host is full.";
    case "engine-unreachable":
      return "The engine cannot be reached.";
    case "unknown":
      return "Compose reported an error.";
  }
}

/** Returns what helps, as a sentence; empty for an unknown cause. */
export function remedyText({ kind, subject }: Cause, involved: Involved): string {
  switch (kind) {
    case "port-in-use":
      return `${
        involved === undefined ? "Stop that program" : `Stop "${involved.name}"`
      }, or publish another port in the Compose file.`;
    case "name-in-use":
      return "Remove or rename that container, or change container_name.";
    case "image-not-found":
      return "Check the name and the tag of the image.";
    case "registry-unreachable":
      return "Check the name of the registry, and the network and DNS of the engine.";
    case "authentication":
      return "Check the name of the image. If it is private, log in to its registry with docker login.";
    case "rate-limit":
      return "Log in with docker login, or try again later.";
    case "unhealthy":
      return `Read the output of the health check and the log of "${subject}".`;
    case "failed-dependency":
      return `Read the log of "${subject}".`;
    case "build-failed":
      return "Read the output of the step, and fix the Dockerfile or the files of the build.";
    case "no-space":
      return "Delete unused images and volumes, or add space.";
    case "engine-unreachable":
      return "Check that the engine runs.";
    case "unknown":
      return "";
  }
}

/** A command may be a whole script. */
function shortened(command: string): string {
  return command.length > MOST_COMMAND ? `${command.slice(0, MOST_COMMAND)}…` : command;
}

function ofProject({ project }: NonNullable<Involved>): string {
  return project === null ? "" : ` of project "${project}"`;
}
