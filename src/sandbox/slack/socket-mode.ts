import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { type Envelope, type Fields, fieldsOf } from './workspace.ts';

/** What became of a delivery; `answer` is what the app sent back with its acknowledgement. */
export type Delivery = { acknowledged: true; answer: unknown } | { acknowledged: false };

export type SocketMode = {
  /** A new address to connect to, good for one connection. */
  newUrl(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  deliver(envelope: Envelope): Promise<Delivery>;
  redeliver(reason: string): Promise<Delivery>;
  disconnect(reason: string): number;
  connections(): number;
  /** Ends all connections; resolves when they are gone. */
  close(): Promise<void>;
};

export type Timing = {
  /** How long the app may take to acknowledge. */
  ackMs: number;
  /** How long after a failure an event is sent again; as many times as there are numbers. */
  retryMs: number[];
};

/** Three seconds, then at once, after one minute and after five (docs.slack.dev, Events API retries). */
export const slackTiming: Timing = { ackMs: 3000, retryMs: [0, 60_000, 300_000] };

/**
 * Slack's end of Socket Mode, towards the bot. Of several connections one at random gets a delivery;
 * an event that is not acknowledged in time comes again, commands and clicks do not.
 */
export function socketMode(origin: () => string, appId: string, timing: Timing): SocketMode {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const sockets = new Set<WebSocket>();
  const waiting = new Map<string, (delivery: Delivery) => void>();
  const timers = new Set<NodeJS.Timeout>();
  let lastEvent: Envelope | undefined;
  let ended = false;

  const later = (ms: number, act: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
    return timer;
  };

  function send(
    envelope: Envelope,
    retry?: { attempt: number; reason: string },
  ): Promise<Delivery> {
    const open = [...sockets].filter((socket) => socket.readyState === WebSocket.OPEN);
    const socket = open[Math.floor(Math.random() * open.length)];
    if (!socket) return Promise.resolve({ acknowledged: false });
    const id = randomUUID();
    return new Promise((resolve) => {
      const late = later(timing.ackMs, () => settle({ acknowledged: false }));
      const settle = (delivery: Delivery) => {
        clearTimeout(late);
        timers.delete(late);
        waiting.delete(id);
        resolve(delivery);
      };
      waiting.set(id, settle);
      socket.send(
        JSON.stringify({
          envelope_id: id,
          type: envelope.type,
          payload: envelope.payload,
          accepts_response_payload: envelope.type !== 'events_api',
          ...(envelope.type === 'events_api' && {
            retry_attempt: retry?.attempt ?? 0,
            retry_reason: retry?.reason ?? '',
          }),
        }),
      );
    });
  }

  async function deliver(envelope: Envelope): Promise<Delivery> {
    if (envelope.type !== 'events_api') return send(envelope);
    lastEvent = envelope;
    const first = await send(envelope);
    if (!first.acknowledged) retry(envelope, 1);
    return first;
  }

  function retry(envelope: Envelope, attempt: number): void {
    const wait = timing.retryMs[attempt - 1];
    if (wait === undefined || ended) return;
    later(wait, () => {
      void send(envelope, { attempt, reason: 'timeout' }).then((delivery) => {
        if (!delivery.acknowledged) retry(envelope, attempt + 1);
      });
    });
  }

  function accept(socket: WebSocket): void {
    sockets.add(socket);
    const pings = setInterval(() => socket.ping('Ping from the sandbox'), 10_000);
    socket.on('close', () => {
      clearInterval(pings);
      sockets.delete(socket);
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (frame) => {
      const { envelope_id, payload } = said(String(frame));
      if (typeof envelope_id === 'string')
        waiting.get(envelope_id)?.({ acknowledged: true, answer: payload });
    });
    socket.send(JSON.stringify(hello(sockets.size, appId)));
  }

  return {
    newUrl() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${origin().replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${appId}`;
    },
    upgrade(request, socket, head) {
      const ticket = new URL(request.url ?? '/', origin()).searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) {
        socket.end('HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, accept);
    },
    deliver,
    async redeliver(reason) {
      if (!lastEvent) throw new Error('There was no event yet that could be sent again.');
      return send(lastEvent, { attempt: 1, reason });
    },
    disconnect(reason) {
      for (const socket of sockets) {
        socket.send(
          JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }),
        );
        later(1000, () => socket.close());
      }
      return sockets.size;
    },
    connections: () => sockets.size,
    async close() {
      ended = true;
      for (const timer of timers) clearTimeout(timer);
      for (const settle of [...waiting.values()]) settle({ acknowledged: false });
      await Promise.all([...sockets].map(closed));
      server.close();
    },
  };
}

/** What is no JSON acknowledges nothing, so the delivery comes again. */
function said(frame: string): Fields {
  try {
    return fieldsOf(JSON.parse(frame));
  } catch {
    return {};
  }
}

/** Closes as the protocol wants it, so that the bot sees an end and no error; not longer than a second. */
function closed(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const impatient = setTimeout(() => socket.terminate(), 1000);
    socket.once('close', () => {
      clearTimeout(impatient);
      resolve();
    });
    socket.close(1000);
  });
}

function hello(connections: number, appId: string): Fields {
  return {
    type: 'hello',
    num_connections: connections,
    connection_info: { app_id: appId },
    debug_info: { host: 'sandbox', approximate_connection_time: 18_060 },
  };
}
