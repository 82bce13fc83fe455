/** What peers of the fan-out bench share: an HTTP server that answers a POST with the moment before it pushed. */
import { createServer } from "node:http";

/**
 * Prints `listening PORT`. The moment is in seconds of the machine's monotonic clock, as Python's time.monotonic().
 * @param {(http: import("node:http").Server) => (text: string) => () => void} open gives, per text, the push itself
 */
export function serve(open) {
  const http = createServer();
  const prepare = open(http);
  http.on("request", (request, response) => {
    if (request.method !== "POST" || request.url !== "/push") return;
    let text = "";
    request.on("data", (part) => (text += part));
    request.on("end", () => {
      const push = prepare(text);
      const moment = process.hrtime.bigint();
      push();
      response.end(String(Number(moment) / 1e9));
    });
  });
  http.listen(0, "127.0.0.1", () => {
    const address = http.address();
    if (address && typeof address === "object") console.log(`listening ${address.port}`);
  });
}
