/** From what a job tells to what Slack shows: the one list of messages. */
import type { Telling } from '../core/telling.ts';
import type { Message } from './fit.ts';
import { type Asker, answerMessage } from './messages/answer.ts';
import { digestMessage } from './messages/digest.ts';
import { eventsMessage } from './messages/events.ts';
import { fileMessage } from './messages/file.ts';
import { fixMessage } from './messages/fix.ts';
import { fixesMessage } from './messages/fixes.ts';
import { helpMessage } from './messages/help.ts';
import { noticeMessage } from './messages/notices.ts';
import { postureMessage } from './messages/posture.ts';
import { progressMessage } from './messages/progress.ts';
import { refusalMessage } from './messages/refusal.ts';
import { runbookMessage } from './messages/runbook.ts';
import { troubleMessage } from './messages/trouble.ts';
import { windowMessage } from './messages/window.ts';

export function messageOf(telling: Telling, reader: Asker): Message {
  switch (telling.kind) {
    case 'help':
      return helpMessage(telling, reader);
    case 'progress':
      return progressMessage(telling, reader);
    case 'posture':
      return postureMessage(telling, reader);
    case 'answer':
      return answerMessage(telling.answer, reader);
    case 'events':
      return eventsMessage(telling, reader);
    case 'file':
      return fileMessage(telling, reader);
    // Windows show them (`modal.ts`); where none is open there is nowhere that only the presser sees.
    case 'record':
    case 'plan':
    case 'decision':
    case 'acceptance':
      return windowMessage(reader);
    case 'digest':
      return digestMessage(telling.digest, reader);
    case 'fix':
      return fixMessage(telling, reader);
    case 'fixes':
      return fixesMessage(telling, reader);
    case 'runbook':
      return runbookMessage(telling, reader);
    case 'snoozed':
    case 'fixes-stopped':
    case 'fixes-started':
    case 'checkpoint':
    case 'audit-broken':
      return noticeMessage(telling, reader);
    case 'refused':
      return refusalMessage(telling.why, reader);
    case 'trouble':
      return troubleMessage(telling, reader);
  }
}
