/** Stored services with default values. */
import type { StoredService } from "../../server/store/stack_record.ts";

/** Creates a service as Compose resolves it, changed as a test needs. */
export function storedService(name: string, changes: Partial<StoredService> = {}): StoredService {
  return {
    ...{ name, wanted: 1, image: "busybox:1", containerName: null },
    ...{ builds: false, buildHash: null, contextFolder: null, contentHash: null, contentFiles: [] },
    ...changes,
  };
}
