import { randomUUID } from 'node:crypto';

/** A trigger opens one modal within three seconds of the click that gave it (docs.slack.dev, modals). */
const TRIGGER_MS = 3000;
/** A response_url is good for five answers in thirty minutes (docs.slack.dev, handling interaction). */
const RESPONSE_MS = 30 * 60_000;
const RESPONSE_USES = 5;

export type Triggers = {
  /** Wraps the workspace's own trigger into one that keeps Slack's rules. */
  wrap(inner: string): string;
  use(id: string): { inner: string } | { error: string };
};

export function triggers(now: () => number): Triggers {
  const issued = new Map<string, { inner: string; at: number; used: boolean }>();
  return {
    wrap(inner) {
      const id = `${now()}.${randomUUID().replaceAll('-', '')}`;
      forgetOld(issued, now());
      issued.set(id, { inner, at: now(), used: false });
      return id;
    },
    use(id) {
      const trigger = issued.get(id);
      if (!trigger) return { error: 'invalid_trigger_id' };
      if (trigger.used) return { error: 'exchanged_trigger_id' };
      if (now() - trigger.at > TRIGGER_MS) return { error: 'expired_trigger_id' };
      trigger.used = true;
      return { inner: trigger.inner };
    },
  };
}

/** To whom and to what an answer to a command or a click goes. */
export type ResponsePlace = { user: string; channel: string; message?: string };

export type ResponseUrls = {
  issue(place: ResponsePlace): string;
  use(id: string): { place: ResponsePlace } | { error: string };
};

export function responseUrls(origin: () => string, now: () => number): ResponseUrls {
  const issued = new Map<string, { place: ResponsePlace; at: number; uses: number }>();
  return {
    issue(place) {
      const id = randomUUID();
      forgetOld(issued, now());
      issued.set(id, { place, at: now(), uses: 0 });
      return `${origin()}/respond/${id}`;
    },
    use(id) {
      const response = issued.get(id);
      if (!response || now() - response.at > RESPONSE_MS) return { error: 'expired_url' };
      response.uses += 1;
      if (response.uses > RESPONSE_USES) return { error: 'used_url' };
      return { place: response.place };
    },
  };
}

/** Twice as long as anything is good for; oldest first, as a Map keeps them. */
function forgetOld(issued: Map<string, { at: number }>, now: number): void {
  for (const [id, { at }] of issued) {
    if (now - at < 2 * RESPONSE_MS) return;
    issued.delete(id);
  }
}
