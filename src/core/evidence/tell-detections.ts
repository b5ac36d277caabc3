import { harmless, type Line, type Prose } from '../prose.ts';
import type { Detection } from './answer.ts';
import { tellGroup } from './tell-event.ts';

/** Events that are told of each detector; `count` is all of them. */
const EVENTS = 3;

/**
 * Every named check with what became of it: found first with its evidence, then what could not be
 * checked and why, then what is clean. The numbers of all three stand in the first line.
 */
export function tellDetections(
  detections: Detection[],
  ko: boolean,
): { headline: Prose; evidence: Prose } {
  const of = (status: Detection['status']) => detections.filter((one) => one.status === status);
  const [found, clean, unchecked] = [of('found'), of('clean'), of('not-checkable')];
  const title = ({ title }: Detection) => harmless(ko ? title.ko : title.en, 160);
  const reason = ({ reason }: Detection) => harmless(ko ? reason.ko : reason.en, 400);
  const counts: Line = ko
    ? [
        { strong: `점검 ${detections.length}개 중 ${found.length}개에서 발견` },
        ` · 이상 없음 ${clean.length}개 · 확인 불가 ${unchecked.length}개`,
      ]
    : [
        { strong: `${found.length} of ${detections.length} checks found something` },
        ` · ${clean.length} clean · ${unchecked.length} not checkable`,
      ];
  const names: Prose =
    found.length > 0
      ? [[ko ? '발견: ' : 'Found: ', found.map(title).join(', ')]]
      : unchecked.length > 0
        ? [
            [
              ko
                ? '확인한 점검에서는 이상이 없지만, 확인하지 못한 점검이 있습니다.'
                : 'What could be checked is clean; not everything could be.',
            ],
          ]
        : [];
  return {
    headline: [counts, ...names],
    evidence: [
      ...found.flatMap(
        (one): Prose => [
          ['🔎 ', { strong: title(one) }, ` (${one.count}) · `, reason(one)],
          ...one.events.slice(0, EVENTS).flatMap((event) => tellGroup([event], [], ko).slice(0, 2)),
          ...(one.count > EVENTS
            ? [[ko ? `… 그 밖에 ${one.count - EVENTS}건` : `… and ${one.count - EVENTS} more`]]
            : []),
        ],
      ),
      ...(unchecked.length > 0 ? [[{ strong: ko ? '확인 불가:' : 'Not checkable:' }]] : []),
      ...unchecked.map((one): Line => ['• ', title(one), ' · ', reason(one)]),
      ...(clean.length > 0
        ? [[{ strong: ko ? '이상 없음: ' : 'Clean: ' }, clean.map(title).join(', ')]]
        : []),
    ],
  };
}
