/** The same findings for an auditor: by control of one framework, in its order. */
import type { KnownBlock } from '@slack/types';
import { isAccepted } from '../../core/posture/exceptions.ts';
import type { Finding, Scan, Status } from '../../core/posture/finding.ts';
import { byControl, type Framework, type JudgedControl } from '../../core/posture/framework.ts';
import type { Line, Prose } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { subjectCalled } from '../../core/report/said.ts';
import { paragraph, sentence } from '../render.ts';
import { severityWords } from '../words.ts';
import { titled } from './findings.ts';
import { WORDS } from './posture-words.ts';

/** Findings that one control names; the rest is counted. */
const NAMED = 5;

/** Whose mapping it is, and that a mapping proves nothing. */
export function mappingNote(framework: Framework, { language }: Reader): Prose {
  const mappers = Object.values(framework.mappedBy).map((name) => sentence(name[language], 80));
  const own = framework.note?.[language];
  return [[WORDS[language].mappedBy(mappers.join(', '))], ...(own ? [[sentence(own, 500)]] : [])];
}

/** One item for each control that is not met or could not be judged; then the others, by their ids. */
export function controlItems(
  scan: Scan,
  framework: Framework,
  called: (account: string) => string,
  reader: Reader,
): KnownBlock[][] {
  const words = WORDS[reader.language];
  const judged = byControl(scan, framework);
  const open = judged.filter(({ worst }) => worst !== null && OPEN.includes(worst));
  const rest = (label: string, worst: Status | null): Prose => {
    const ids = judged
      .filter((one) => one.worst === worst)
      .map(({ control }) => sentence(control.id, 30));
    return ids.length > 0 ? [[{ strong: label }, sentence(ids.join(', '), 500)]] : [];
  };
  const others = [
    ...rest(words.passing, 'PASS'),
    ...rest(words.notApplicable, 'NOT_APPLICABLE'),
    ...rest(words.notJudged, null),
    // A control only names its findings.
    ...(open.length > 0 ? [[words.byThing]] : []),
  ];
  return [
    ...open.map((one, at) => [
      paragraph(`control-${at}`, controlLines(one, called, reader), reader),
    ]),
    ...(others.length > 0 ? [[paragraph('controls', others, reader)]] : []),
  ];
}

const OPEN: Status[] = ['FAIL', 'ERROR', 'NOT_VISIBLE'];

function controlLines(
  { control, findings, worst }: JudgedControl,
  called: (account: string) => string,
  reader: Reader,
): Prose {
  const words = WORDS[reader.language];
  const wrong = findings.filter(({ status }) => status === 'FAIL');
  const shown = wrong.length > 0 ? wrong : findings.filter(({ status }) => OPEN.includes(status));
  const left = shown.length - NAMED;
  return [
    [
      `${worst ? words.status[worst] : ''} · `,
      { strong: `${sentence(control.id, 40)} ${sentence(control.title[reader.language], 150)}` },
    ],
    ...shown.slice(0, NAMED).map((finding) => findingLine(finding, called, reader)),
    ...(left > 0 ? [[`   ${words.andMore(left)}`]] : []),
  ];
}

function findingLine(finding: Finding, called: (account: string) => string, reader: Reader): Line {
  const { excepted } = WORDS[reader.language];
  return [
    `• ${severityWords(finding.severity, reader.language)} · ${titled(finding, reader)} · `,
    { quote: subjectCalled(finding, called), max: 80 },
    ...(isAccepted(finding) ? [` · ${excepted(1)}`] : []),
  ];
}
