import type { Telling } from '../core/telling.ts';

/** What is told of a question, and how long it takes; the policy of channels is about these. */
export function isOfAnswer(telling: Telling): boolean {
  switch (telling.kind) {
    case 'progress':
      return telling.doing === 'searching';
    case 'answer':
    case 'events':
    case 'file':
    case 'record':
    case 'plan':
      return true;
    default:
      return false;
  }
}
