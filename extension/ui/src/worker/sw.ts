/** Service worker of the installed page; the build writes it to `sw.js` beside the page. */
import { OfflineAnswers } from "./offline_answers.ts";

/** Events of a service worker, as far as this one handles them. */
interface WorkerEvent extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
  waitUntil(work: Promise<unknown>): void;
}

/** Global scope of a service worker, as far as this one uses it. */
interface WorkerScope {
  readonly registration: Pick<ServiceWorkerRegistration, "scope" | "unregister">;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate" | "fetch", listener: (event: WorkerEvent) => void): void;
}

const worker = globalThis as unknown as WorkerScope;
const { registration } = worker;
const answers = new OfflineAnswers({
  scope: registration.scope,
  caches,
  fetch: (request) => fetch(request),
  leave: () => registration.unregister(),
});

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const answer = answers.answer(event.request);
  if (answer !== undefined) event.respondWith(answer);
});
