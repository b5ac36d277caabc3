import { EDGES, OPEN } from '../../../src/core/fixes/state.ts';
import { edges } from '../../store/contract.ts';

test('only the beginning of an application leads to "applied", and only a claim leads there', () => {
  const into = (state: string) =>
    edges()
      .filter(({ to }) => to === state)
      .map(({ from }) => from);
  expect(into('applied')).toEqual(['applying']);
  expect(into('applying')).toEqual(['claimed']);
  expect(into('claimed')).toEqual(['approved']);
  expect(into('approved')).toEqual(['proposed']);
  expect(into('proposed')).toEqual([]);
});

test('no way leads back: nothing can be approved or applied twice', () => {
  const reachable = (from: keyof typeof EDGES, seen: string[] = []): string[] =>
    EDGES[from].flatMap((to) =>
      seen.includes(to) ? ['a circle'] : [to, ...reachable(to, [...seen, from])],
    );
  for (const state of Object.keys(EDGES) as (keyof typeof EDGES)[]) {
    expect(reachable(state)).not.toContain(state);
    expect(reachable(state)).not.toContain('a circle');
  }
});

test('a fix is open exactly as long as something can still end it without a person undoing it', () => {
  const open = (Object.keys(EDGES) as (keyof typeof EDGES)[]).filter((state) =>
    OPEN.some((open) => open === state),
  );
  expect(open).toEqual(['proposed', 'approved', 'claimed', 'applying']);
  for (const state of open) expect(EDGES[state].length).toBeGreaterThan(0);
});
