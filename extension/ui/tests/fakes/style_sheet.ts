/** Replaces style sheets in Deno, which cannot load them; the build bundles the real ones. */
export {};
