/** The first frame of every socket. */

/** The first frame of every socket. */
export const GREETING = { message: "Connection established" } as const;
