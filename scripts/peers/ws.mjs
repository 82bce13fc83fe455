/** Bare `ws` as a peer of the fan-out bench: POST a JSON text, every socket gets it in the same packet as ours. */
import { serve } from "./serve.mjs";
import { WebSocketServer } from "ws";

serve((http) => {
  const server = new WebSocketServer({ server: http });
  return (text) => {
    const packet = `42["delta",${text}]`;
    return () => {
      for (const socket of server.clients) socket.send(packet);
    };
  };
});
