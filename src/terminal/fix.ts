import { differenceProse } from '../core/fixes/difference-words.ts';
import type { FixPlan, FixRecord } from '../core/fixes/fix.ts';
import type { Snippet } from '../core/fixes/obstacle.ts';
import { obstacleLine } from '../core/fixes/obstacle-words.ts';
import { hashOf } from '../core/hash.ts';
import type { Line, Prose } from '../core/prose.ts';
import type { Refusal } from '../core/telling.ts';

/** Who may approve a plan: how the group is called, and how many of its members must. */
export type Approvers = { group: string; needed: number };

/** What a fix would do, for a person who decides: where, what exactly changes and what not, and the way back. */
export function fixPlanProse(plan: FixPlan, approvers: Approvers | null, code: Snippet[]): Prose {
  const parts = plan.parts ?? [plan];
  return [
    [
      { strong: `Plan of ${plan.fix}` },
      ` (class ${plan.riskClass})`,
      ...(plan.finding ? [', for finding ', { quote: plan.finding }] : []),
    ],
    ...parts.flatMap((part) => partProse(part)),
    ...blastProse(plan),
    ['Approval  ', ...approvalLine(approvers)],
    ['Hash      ', hashOf(plan)],
    ...codeProse('As code', code),
    [
      'Nothing has been changed. To ask for it: ',
      ...(plan.finding
        ? [`trailwarden fix ${plan.finding} --request, or in Slack /trail fix ${plan.finding}`]
        : ['/trail fix in Slack']),
    ],
  ];
}

function partProse(plan: FixPlan): Prose {
  const call = (label: string, { api, parameters }: FixPlan['calls'][number]): Line => [
    label,
    api,
    ' ',
    { quote: JSON.stringify(parameters), max: 2_000 },
  ];
  return [
    ['Where     account ', { quote: plan.account }, ', region ', { quote: plan.region }],
    ['Resource  ', { quote: plan.resource }],
    ...differenceProse(plan.before, plan.after, 'en').map((line): Line => ['Changes   ', ...line]),
    ...plan.calls.map((one) => call('Calls     ', one)),
    ...plan.wayBack.map((one) => call('Way back  ', one)),
  ];
}

function blastProse({ blast, cost, wayBack, parts }: FixPlan): Prose {
  const { accounts, feels, keeps, irreversible } = blast;
  const reach = accounts.length > 1 ? ` (${accounts.length} accounts)` : '';
  const monthly = cost?.monthly ?? null;
  return [
    ['Felt by   ', { quote: feels.en, max: 400 }, reach],
    ...keeps.map((kept): Line => ['Stays     ', { quote: kept.en, max: 400 }]),
    ...(irreversible ? [['No return ', { quote: irreversible.en, max: 400 }]] : []),
    ...(wayBack.length === 0 && !parts && !irreversible ? [['Way back  none']] : []),
    ...(cost
      ? [
          [
            'Cost      ',
            monthly === null
              ? { quote: `${cost.unitPrice}, volume unknown` }
              : `about ${monthly.toFixed(2)} USD a month`,
          ],
        ]
      : []),
  ];
}

function approvalLine(approvers: Approvers | null): Line {
  if (!approvers) return ['by people whom I could not find out'];
  const { group, needed } = approvers;
  const people = needed === 1 ? 'one member' : `${needed} different members`;
  return [`${people} of `, { quote: group }, ', never the requester'];
}

/** Code to be copied stands as it is, a line each. */
function codeProse(title: string, code: Snippet[]): Prose {
  return code.flatMap(({ tool, text }) => [
    [`${title} (${tool}):`],
    ...text.split('\n').map((line): Line => ['  ', { quote: line, max: 4_000 }]),
  ]);
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
      return [
        obstacleLine(why.obstacle, 'en'),
        ...codeProse('What to change instead', why.asCode ?? []),
      ];
    case 'could-not-read':
      return [['The state could not be read, so no plan can be made: ', { quote: why.reason }]];
    default:
      return [[`No plan: ${why.kind}.`]];
  }
}

/** What waits and what was done, one line each, the newest first. */
export function fixesProse(fixes: FixRecord[]): Prose {
  if (fixes.length === 0)
    return [['No fix has been asked for yet. trailwarden fix <finding> shows a plan.']];
  return fixes.map(({ id, state, plan, requestedBy, requestedAt, needed, approvals }): Line => {
    const given = state === 'proposed' ? ` (${approvals.length} of ${needed} approvals)` : '';
    return [
      { at: requestedAt },
      `  ${state}${given}  `,
      { strong: plan.direction === 'back' ? `way back of ${plan.fix}` : plan.fix },
      '  ',
      { quote: plan.resource, max: 120 },
      ' in ',
      { quote: plan.account },
      '  by ',
      { quote: requestedBy.name },
      '  ',
      { quote: id },
    ];
  });
}
