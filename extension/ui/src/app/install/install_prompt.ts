/** The browser's offer to install the page as an app. */
import { Observable } from "../../lib/observable.ts";

/** Event of browsers that can install a page; other browsers have it in their own menu. */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

/** Asks the user to install the page; `undefined` while the browser does not offer it. */
export const installPrompt = new Observable<(() => void) | undefined>(undefined);

/** Keeps the offer, which comes once and early. */
export function watchInstallPrompt(page: EventTarget): void {
  page.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    installPrompt.set(() => {
      installPrompt.set(undefined);
      (event as InstallEvent).prompt().catch(() => undefined);
    });
  });
  page.addEventListener("appinstalled", () => installPrompt.set(undefined));
}

/** Ways to install the page. */
export type InstallState = "installed" | "offered" | "insecure" | "menu";

/** Facts that decide how the page can be installed. */
export interface InstallFacts {
  readonly isOffered: boolean;
  /** True on https and on addresses of this machine. */
  readonly isSecure: boolean;
  /** True in the window of the installed app. */
  readonly isApp: boolean;
}

/** Returns how the page can be installed. */
export function installState({ isOffered, isSecure, isApp }: InstallFacts): InstallState {
  if (isApp) return "installed";
  if (isOffered) return "offered";
  return isSecure ? "menu" : "insecure";
}
