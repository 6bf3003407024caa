/** Renders components and hooks for one test, and removes everything afterwards. */
import { page } from "./window.ts";
import { createTheme, ThemeProvider } from "@mui/material";
import { act, cleanup, render, renderHook, type RenderResult } from "@testing-library/react";
import { type UserEvent, userEvent } from "@testing-library/user-event";
import { createElement, type ReactElement, type ReactNode } from "react";
import { config } from "react-transition-group";
import { type Client, ClientProvider } from "../src/lib/client.ts";

export { within } from "@testing-library/react";

// The window starts a timer, which must not end during the first test.
await page.happyDOM.waitUntilComplete();

// A transition leaves a timer behind when its component is unmounted.
config.disabled = true;

/** Delay that cancels the 800 ms for which MUI remembers a closed tooltip, in a timer that outlives the component. */
const TOOLTIP_LEAVE_MS = -800;

const THEME = createTheme({
  components: {
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiTooltip: { defaultProps: { leaveDelay: TOOLTIP_LEAVE_MS } },
  },
});

/** A hook that is rendered: its newest result, and rendering it again with other props. */
export interface RenderedHook<R, P> {
  readonly result: { readonly current: R };
  readonly rerender: (props: P) => void;
  readonly unmount: () => void;
}

/** The page of one test. Disposing it unmounts what was rendered and resets the window. */
export class TestPage implements AsyncDisposable {
  readonly user: UserEvent = userEvent.setup({ delay: null });

  /** @param client What `useClient()` returns; components that need none can do without. */
  constructor(readonly client?: Client) {}

  /** Renders an element into the body. */
  render(element: ReactElement): RenderResult {
    return render(element, { wrapper: this.#wrapper });
  }

  /** Renders a hook. */
  hook<R, P extends object>(use: (props: P) => R, initialProps?: P): RenderedHook<R, P> {
    const options = initialProps === undefined ? {} : { initialProps };
    return renderHook(use, { ...options, wrapper: this.#wrapper });
  }

  /** Does something that changes state, and lets React render the result. */
  async act(work: () => void | Promise<void>): Promise<void> {
    await act(async () => {
      await work();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    cleanup();
    page.document.body.replaceChildren();
    page.localStorage.clear();
    page.history.replaceState(null, "", "/");
    // Aborted in between, happy-dom would never send a "hashchange" again.
    await nextTask();
    await page.happyDOM.abort();
    await nextTask();
  }

  readonly #wrapper = ({ children }: { readonly children: ReactNode }): ReactElement => {
    const inner = this.client === undefined
      ? children
      : createElement(ClientProvider, { value: this.client }, children);
    return createElement(ThemeProvider, { theme: THEME, children: inner });
  };
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
