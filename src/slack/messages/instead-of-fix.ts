/** What can be done with a finding beside mending it: let it sleep for some days, or accept its risk. */
import type { KnownBlock, StaticSelect } from '@slack/types';
import type { Reader } from '../../core/reader.ts';
import { ACTIONS, carried, SNOOZE_DAYS, writeSnooze } from '../actions.ts';
import { buttons, menu } from '../buttons.ts';
import { FIX_WORDS } from './fix-words.ts';

export function snoozeMenu(finding: string, { language }: Reader): StaticSelect {
  const words = FIX_WORDS[language];
  return menu(
    ACTIONS.snooze,
    words.snooze,
    SNOOZE_DAYS.map((days) => ({ value: writeSnooze(finding, days), label: words.days(days) })),
  );
}

/** Under what cannot be mended by a button: the two things that can. */
export function insteadOfFix(finding: string, reader: Reader): KnownBlock[] {
  const { accept } = FIX_WORDS[reader.language];
  return [
    buttons('instead', [
      {
        actionId: ACTIONS.acceptRisk,
        value: carried(finding),
        label: accept,
        spoken: `${accept} ${carried(finding)}`,
      },
      snoozeMenu(finding, reader),
    ]),
  ];
}
