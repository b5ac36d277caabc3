/**
 * What became of looking at something. "We could not look" is an answer of its own, never an empty
 * list: the compiler asks for both cases every time.
 */
export type Reading<T> = { seen: T } | { unseen: Unseen };

/**
 * `denied`: we were refused (permission, trust, another account's resource); `failed`: throttled,
 * timed out, or broken. The first becomes `NOT_VISIBLE`, the second `ERROR`.
 */
export type Unseen = {
  kind: 'denied' | 'failed';
  /** One plain sentence with the service's own error code. Hostile text until rendered. */
  reason: string;
  /** Which role or permission, in which account, would see it. */
  wouldNeed?: string;
  /** What of it is in our own words, for Korean readers. */
  ko?: { reason?: string; wouldNeed?: string };
};

export function wasSeen<T>(reading: Reading<T>): reading is { seen: T } {
  return 'seen' in reading;
}
