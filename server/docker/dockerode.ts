/** The only import of dockerode; loaded once an engine is opened, since it costs 100 ms and 20 MB. */
// @ts-types="../types/dockerode.d.ts"
import Docker from "dockerode";

export { Docker };
