/** The only import of dockerode. It is loaded when an engine is opened, because it costs 100 ms and 20 MB. */
// @ts-types="../types/dockerode.d.ts"
import Docker from "dockerode";

export { Docker };
