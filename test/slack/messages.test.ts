import { checkMessage } from '../../src/sandbox/slack/block-check.ts';
import type { Message } from '../../src/slack/fit.ts';
import { messageOf } from '../../src/slack/message.ts';
import { expectGolden } from '../golden.ts';
import { readers, tellings } from './samples.ts';

for (const language of ['en', 'ko'] as const) {
  const reader = readers[language];
  const all = Object.entries(tellings(language));

  test.each(all)(`%s reads as its golden file says (${language})`, (name, telling) => {
    expectGolden(`${name}.${language}`, messageOf(telling, reader));
  });

  test.each(all)(`Slack takes the blocks of %s (${language})`, (_name, telling) => {
    const message = messageOf(telling, reader);
    for (const part of [message, ...message.thread]) expect(checkMessage(part.blocks)).toEqual([]);
  });

  test.each(all)(`%s can be pressed, found again and heard (${language})`, (_name, telling) => {
    const message = messageOf(telling, reader);
    expect(message.text.length).toBeGreaterThan(10);
    for (const part of [message, ...message.thread]) expectIds(part);
  });
}

function expectIds({ blocks }: Message): void {
  for (const block of blocks) {
    expect(block.block_id).toMatch(/./);
    if (block.type !== 'actions') continue;
    for (const element of block.elements) {
      expect(element.action_id).toMatch(/^[a-z-]+$/);
      expect(element).toHaveProperty('accessibility_label');
    }
  }
}
