import type { FixPlan } from '../core/fixes/fix.ts';
import { obstacleLine } from '../core/fixes/obstacle-words.ts';
import { changedFields } from '../core/fixes/plan.ts';
import { hashOf } from '../core/hash.ts';
import type { Line, Prose } from '../core/prose.ts';
import type { Refusal } from '../core/telling.ts';

/** What a fix would do, for a person who decides: where, what exactly changes, and the way back. */
export function fixPlanProse(plan: FixPlan): Prose {
  return [
    [
      { strong: `Plan of ${plan.fix}` },
      ` (class ${plan.riskClass}), for finding `,
      { quote: plan.finding },
    ],
    ['Where     account ', { quote: plan.account }, ', region ', { quote: plan.region }],
    ['Resource  ', { quote: plan.resource }],
    ...changedFields(plan).map(
      (field): Line => [
        'Changes   ',
        field,
        ': ',
        { quote: JSON.stringify(plan.before[field]) },
        ' -> ',
        { quote: JSON.stringify(plan.after[field]) },
      ],
    ),
    ...plan.calls.map(
      (call): Line => [
        'Calls     ',
        call.api,
        ' ',
        { quote: JSON.stringify(call.parameters), max: 600 },
      ],
    ),
    ...plan.wayBack.map(
      (call): Line => [
        'Way back  ',
        call.api,
        ' ',
        { quote: JSON.stringify(call.parameters), max: 600 },
      ],
    ),
    ['Hash      ', hashOf(plan)],
    ['Nothing has been changed. Ask for it in Slack: /trail fix ', { quote: plan.finding }],
  ];
}

/** Why there is no plan, and what to do instead. */
export function noPlanProse(why: Refusal): Prose {
  switch (why.kind) {
    case 'no-such-finding':
      return [
        [
          'No finding ',
          { quote: why.finding },
          ' in the last scan. `trailwarden posture` lists them.',
        ],
      ];
    case 'finding-not-open':
      return [['Finding ', { quote: why.finding }, ` is ${why.status}: there is nothing to fix.`]];
    case 'finding-accepted':
      return [
        [
          'Finding ',
          { quote: why.finding },
          ' is accepted until ',
          { quote: why.expires },
          ' by ',
          { quote: why.owner },
          ' (',
          { quote: why.reason, max: 300 },
          '): take the exception back first.',
        ],
      ];
    case 'no-fix-for-this':
      return [
        [
          'This version has no fix for ',
          why.check,
          ' (finding ',
          { quote: why.finding },
          '), or its fix role is not configured (aws.fixRoles).',
        ],
      ];
    case 'cannot-fix':
      return [obstacleLine(why.obstacle, 'en')];
    case 'could-not-read':
      return [['The state could not be read, so no plan can be made: ', { quote: why.reason }]];
    default:
      return [[`No plan: ${why.kind}.`]];
  }
}
