import "../../window.ts";
import { assertEquals } from "../../../../../tests/assert.ts";
import { forgetWorker, startWorker, type WorkerHost } from "../../../src/app/install/offline_worker.ts";

const BASE = "https://nas.example/dockstat/";

function host(scope = BASE) {
  const events: string[] = [];
  const note = (text: string) => Promise.resolve(events.push(text) > 0);
  const registration = { scope, unregister: () => note("unregister") };
  const workers = {
    register: (file: string, { scope }: RegistrationOptions) => note(`register ${file} ${scope}`),
    getRegistration: () => Promise.resolve(registration),
  } as unknown as ServiceWorkerContainer;
  const caches = { delete: (name: string) => note(`delete ${name}`) } as unknown as CacheStorage;
  const page = document.implementation.createHTMLDocument("");
  const parts: WorkerHost = { workers, caches, document: page, base: BASE };
  return { parts, events, page };
}

Deno.test("registers the worker beside the page, and names the manifest once", async () => {
  const { parts, events, page } = host();
  for (const _ of [1, 2]) await startWorker(parts);
  assertEquals(events, ["register ./sw.js ./", "register ./sw.js ./"]);
  const links = [...page.querySelectorAll("link[rel=manifest]")].map((link) => link.getAttribute("href"));
  assertEquals(links, ["./manifest.webmanifest"]);
});

Deno.test("does nothing where the browser forbids workers", async () => {
  const { parts, page } = host();
  await startWorker({ ...parts, workers: undefined });
  assertEquals(page.querySelector("link"), null);
});

Deno.test("works without a worker that the browser refuses", async () => {
  const { parts } = host();
  const workers = { register: () => Promise.reject(new DOMException("", "SecurityError")) };
  await startWorker({ ...parts, workers: workers as unknown as ServiceWorkerContainer });
});

Deno.test("removes the worker and its cache, and nothing of other applications", async () => {
  const { parts, events } = host();
  await forgetWorker(parts);
  assertEquals(events, ["unregister", `delete dockstat assets ${BASE}`]);
});

Deno.test("keeps the worker of another application above the path", async () => {
  const { parts, events } = host("https://nas.example/");
  await forgetWorker(parts);
  assertEquals(events, [`delete dockstat assets ${BASE}`]);
});
