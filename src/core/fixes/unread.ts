import type { Language } from '../reader.ts';
import type { Unseen } from '../reading.ts';

/** Why something could not be read, and where these are our own words the same in Korean. */
export type Unread = { reason: string; ko?: string };

/** What of a reading that failed is told and kept. */
export function unread({ reason, ko }: Pick<Unseen, 'reason' | 'ko'>): Unread {
  return { reason, ...(ko?.reason !== undefined && { ko: ko.reason }) };
}

/** In the reader's language as far as it is known in it; AWS's own words stay as they are. */
export function unreadIn({ reason, ko }: Unread, language: Language): string {
  return language === 'ko' ? (ko ?? reason) : reason;
}
