import type { EventSource, Gap, Search, Searched } from '../core/evidence/source.ts';

/**
 * A source that keeps nobody else from answering. What breaks in it, such as a damaged file, is told to
 * `surprise`, and is in the answer a gap that no other source closes.
 */
export function outlived(source: EventSource, surprise: (error: unknown) => void): EventSource {
  const { survey, tally } = source;
  async function or<T>(work: () => Promise<T>, instead: () => T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      surprise(error);
      return instead();
    }
  }
  const broken = (search: Search) => brokenAt(search, source.name);
  return {
    ...source,
    find: (search, progress) =>
      or(
        () => source.find(search, progress),
        () => ({ events: [], searched: broken(search) }),
      ),
    issuing: (sessions) =>
      or(
        () => source.issuing(sessions),
        () =>
          new Map(
            sessions.map(({ accessKeyId }) => [
              accessKeyId,
              { events: [], gaps: [brokenGap(source.name)] },
            ]),
          ),
      ),
    ...(survey && {
      survey: (search: Search) =>
        or(
          () => survey(search),
          () => broken(search),
        ),
    }),
    // Whoever cannot count has not counted: then the events themselves are compared.
    ...(tally && {
      tally: (plan: Parameters<typeof tally>[0]) =>
        or(
          () => tally(plan),
          () => null,
        ),
    }),
  };
}

/** It has looked at nothing, and says why. */
function brokenAt({ from }: Search, name: string): Searched {
  const nowhere = { searched: [], of: [] };
  return {
    from,
    to: from,
    accounts: nowhere,
    regions: nowhere,
    categories: [],
    gaps: [brokenGap(name)],
    settledUntil: null,
    broken: true,
  };
}

/** The reason itself names files of this machine: it is for the log, and not for a channel. */
function brokenGap(name: string): Gap {
  return {
    account: '',
    region: '',
    reason: `reading the ${name} failed, so what only it holds is missing here; the log of the bot says why`,
    ko: `${name}에서 읽지 못해, 그곳에만 있는 기록은 빠져 있습니다. 이유는 봇의 로그에 있습니다`,
  };
}
