/** Node's Socket.IO server as a peer of the fan-out bench: POST a JSON text, every socket gets it as `delta`. */
import { serve } from "./serve.mjs";
import { Server } from "socket.io";

serve((http) => {
  const io = new Server(http, { transports: ["websocket"] });
  return (text) => {
    const body = JSON.parse(text);
    return () => io.emit("delta", body);
  };
});
