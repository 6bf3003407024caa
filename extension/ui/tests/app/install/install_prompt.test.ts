import { assertEquals } from "../../../../../tests/assert.ts";
import {
  type InstallFacts,
  installPrompt,
  installState,
  watchInstallPrompt,
} from "../../../src/app/install/install_prompt.ts";

const FACTS: InstallFacts = { isOffered: false, isSecure: true, isApp: false };

for (
  const [changes, expected] of [
    [{}, "menu"],
    [{ isOffered: true }, "offered"],
    [{ isSecure: false }, "insecure"],
    [{ isApp: true, isOffered: true }, "installed"],
  ] as const
) {
  Deno.test(`a page with ${JSON.stringify(changes)} is "${expected}"`, () => {
    assertEquals(installState({ ...FACTS, ...changes }), expected);
  });
}

Deno.test("keeps the browser's offer until it is used", () => {
  const page = new EventTarget();
  watchInstallPrompt(page);
  let asked = 0;
  const offer = Object.assign(new Event("beforeinstallprompt", { cancelable: true }), {
    prompt: () => Promise.resolve(asked++),
  });
  page.dispatchEvent(offer);
  installPrompt.value?.();
  assertEquals([offer.defaultPrevented, asked, installPrompt.value], [true, 1, undefined]);
});
