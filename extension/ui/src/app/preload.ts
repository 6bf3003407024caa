/** Code of menus and of the palette, which is loaded before it is used, but after the first rows. */

/** Time after which the code is loaded, ms. */
const DELAY_MS = 1000;

/** Loads a part of the page. */
type Load = () => Promise<unknown>;

/** The parts that users open first. */
const LOADS: readonly Load[] = [
  () => import("./gear/gear_menu_list.tsx"),
  () => import("../components/action_menu_list.tsx"),
  () => import("../features/containers/list/view_menu_list.tsx"),
  () => import("./overlays/palette.tsx"),
];

/** Loads the code when the browser is idle. A part that fails to load is loaded when it is used. */
export function preloadWhenIdle(loads: readonly Load[] = LOADS, delayMs: number = DELAY_MS): void {
  const load = () => {
    for (const one of loads) one().catch(() => undefined);
  };
  setTimeout(() => {
    // Safari does not have it.
    if (globalThis.requestIdleCallback === undefined) load();
    else globalThis.requestIdleCallback(load);
  }, delayMs);
}
