/** From what a job tells to the window that waits for it. */
import type { KnownBlock, ModalView } from '@slack/types';
import type { ReplyTo } from '../core/request.ts';
import type { Telling } from '../core/telling.ts';
import { acceptanceView, decisionView } from './decision-view.ts';
import { otherView, planView, recordView } from './modal.ts';

/** What fills a window that waits: what asks for an answer, what is to be read, or any other message. */
export function windowOf(telling: Telling, blocks: KnownBlock[], reader: ReplyTo): ModalView {
  switch (telling.kind) {
    case 'record':
      return recordView(telling, reader);
    case 'plan':
      return planView(telling, reader);
    case 'decision':
      return decisionView(telling, reader);
    case 'acceptance':
      return acceptanceView(telling, reader);
    default:
      return otherView(blocks, reader);
  }
}
