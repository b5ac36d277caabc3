import { EDGES, OPEN } from '../../../src/core/fixes/state.ts';
import { edges } from '../../store/contract.ts';

test('only the beginning of an application leads to "applied", and only a claim leads there', () => {
  const into = (state: string) =>
    edges()
      .filter(({ from, to }) => to === state && from !== to)
      .map(({ from }) => from);
  expect(into('applied')).toEqual(['applying']);
  expect(into('applying')).toEqual(['claimed']);
  expect(into('claimed')).toEqual(['approved']);
  expect(into('approved')).toEqual(['proposed']);
  expect(into('proposed')).toEqual([]);
});

test('a state is left for itself only by one of several approvals, and by one of several parts', () => {
  const loops = edges().filter(({ from, to }) => from === to);
  expect(loops.map(({ to }) => to)).toEqual(['proposed', 'applying']);
});

test('no way leads back: nothing can be approved or applied twice', () => {
  const reachable = (from: keyof typeof EDGES, seen: string[] = []): string[] =>
    onward(from).flatMap((to) =>
      seen.includes(to) ? ['a circle'] : [to, ...reachable(to, [...seen, from])],
    );
  for (const state of Object.keys(EDGES) as (keyof typeof EDGES)[]) {
    expect(reachable(state)).not.toContain(state);
    expect(reachable(state)).not.toContain('a circle');
  }
});

/** Where a state leads, but for itself. */
function onward(from: keyof typeof EDGES): (keyof typeof EDGES)[] {
  const targets: readonly (keyof typeof EDGES)[] = EDGES[from];
  return targets.filter((to) => to !== from);
}

test('a fix is open exactly as long as something can still end it without a person undoing it', () => {
  const open = (Object.keys(EDGES) as (keyof typeof EDGES)[]).filter((state) =>
    OPEN.some((open) => open === state),
  );
  expect(open).toEqual(['proposed', 'approved', 'claimed', 'applying']);
  for (const state of open) expect(EDGES[state].length).toBeGreaterThan(0);
});
