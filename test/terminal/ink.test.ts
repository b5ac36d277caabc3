import { drawn, sheetOf } from '../../src/terminal/ink.ts';

const LINES = [[{ text: 'HIGH', tone: 'high' as const }, ' trail  ']];

test('colour is for a terminal that has it', () => {
  expect(drawn(LINES, { colour: true })).toContain('\u001b[');
  expect(drawn(LINES, { colour: false })).toBe('HIGH trail');
});

test('a pipe gets no colour and a width of its own', () => {
  const pipe = { isTTY: false, columns: 300, hasColors: () => true };
  expect(sheetOf(pipe as never)).toEqual({ width: 100, colour: false });
});

test('a terminal is taken as wide as it is, within what can be read', () => {
  const wide = (columns: number) =>
    sheetOf({ isTTY: true, columns, hasColors: () => false } as never).width;
  expect([wide(20), wide(90), wide(400)]).toEqual([48, 90, 140]);
});

test('NO_COLOR is heard by what knows the terminal', () => {
  const stdout = { isTTY: true, columns: 80, hasColors: () => false };
  expect(sheetOf(stdout as never).colour).toBe(false);
});
