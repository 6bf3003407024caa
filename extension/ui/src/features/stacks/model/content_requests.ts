import type { Draft, DraftChange } from "../../../../../../server/protocol/drafts/draft.ts";
import type { SavedStack } from "../../../../../../server/protocol/stacks.ts";
import type { StackFile, Upload } from "../../../../../../server/protocol/stack_files.ts";
import type { StackVersion, StackVersionContents } from "../../../../../../server/protocol/stack_versions.ts";
import type { Transport } from "../../../lib/transport/transport.ts";

/** Owner of a draft: a stack by its id, one of a swarm by its path, or `undefined` for a new stack. */
export type DraftOwner = number | string | undefined;

/** Requests about the files and versions of stacks. Each method throws a `Refusal` or `Unreachable`. */
export class ContentRequests {
  constructor(readonly transport: Transport) {}

  /** Lists the further files of a stack. */
  async files(stackId: number, signal?: AbortSignal): Promise<readonly StackFile[]> {
    return await this.transport.ask(`/stacks/${stackId}/files`, signal === undefined ? {} : { signal });
  }

  /** Loads a file, byte for byte. */
  async read(stackId: number, path: string, signal?: AbortSignal): Promise<Uint8Array> {
    return await this.transport.read(filePath(stackId, path), signal);
  }

  /** Stores a file. */
  async put(stackId: number, path: string, bytes: Uint8Array): Promise<void> {
    await this.transport.ask(filePath(stackId, path), { method: "PUT", bytes });
  }

  /** Uploads bytes for a save, and returns the digest that the save names. */
  async upload(bytes: Uint8Array): Promise<string> {
    return (await this.transport.ask<Upload>("/stacks/uploads", { method: "POST", bytes })).digest;
  }

  /** Deletes a file. */
  async remove(stackId: number, path: string): Promise<void> {
    await this.transport.ask(filePath(stackId, path), { method: "DELETE" });
  }

  /** Loads a draft. */
  async draft(owner: DraftOwner, signal?: AbortSignal): Promise<Draft> {
    return await this.transport.ask(draftPath(owner), signal === undefined ? {} : { signal });
  }

  /** Stores typed texts; texts that are not given stay, and `null` removes one. */
  async putDraft(owner: DraftOwner, change: DraftChange): Promise<void> {
    await this.transport.ask(draftPath(owner), { method: "PUT", body: change });
  }

  /** Removes a draft. */
  async removeDraft(owner: DraftOwner): Promise<void> {
    await this.transport.ask(draftPath(owner), { method: "DELETE" });
  }

  /** Lists the versions of a stack, newest first. */
  async versions(stackId: number, signal: AbortSignal): Promise<readonly StackVersion[]> {
    return await this.transport.ask(`/stacks/${stackId}/versions`, { signal });
  }

  /** Loads a version with its texts. */
  async version(stackId: number, version: number, signal: AbortSignal): Promise<StackVersionContents> {
    return await this.transport.ask(`/stacks/${stackId}/versions/${version}`, { signal });
  }

  /** Restores a version, and starts to deploy it with the images that it had. */
  async deploy(stackId: number, version: number): Promise<void> {
    await this.transport.ask(`/stacks/${stackId}/versions/${version}/deploy`, { method: "POST" });
  }

  /** Stores the texts and files of a version again; deploys nothing. */
  async restore(stackId: number, version: number): Promise<void> {
    await this.transport.ask<SavedStack>(`/stacks/${stackId}/versions/${version}/restore`, {
      method: "POST",
    });
  }
}

function draftPath(owner: DraftOwner): string {
  if (typeof owner === "string") return `${owner}/draft`;
  return owner === undefined ? "/stacks/draft" : `/stacks/${owner}/draft`;
}

function filePath(stackId: number, path: string): string {
  return `/stacks/${stackId}/files/${path.split("/").map(encodeURIComponent).join("/")}`;
}
