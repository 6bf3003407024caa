/** Texts of the page around its views. */

/** Notice for a client that may only view. */
export const SIGN_IN_TO_CHANGE =
  "You can view everything here. Sign in to make changes and to read container output: open the link that DockStat " +
  "printed, or enter its token (“dockstat token” prints it).";

/** Notice for a client that may not view anything yet. */
export const SIGN_IN_TO_VIEW =
  "Sign in to use DockStat: open the link that it printed, or enter its token (“dockstat token” prints it).";

/** Label of the button that ends the session. */
export const SIGN_OUT = "Sign out";
