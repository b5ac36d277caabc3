import type { Finding } from '../../../src/core/posture/finding.ts';

/** A failing finding of account 1; tests state what differs. */
export function finding(differs: Partial<Finding> = {}): Finding {
  return {
    id: 'a',
    check: 'check',
    status: 'FAIL',
    severity: 'high',
    subject: 'arn:aws:cloudtrail:us-east-1:111111111111:trail/audit',
    owner: '111111111111',
    covers: ['111111111111'],
    title: 'title',
    detail: 'detail.',
    ko: { title: '제목', detail: '설명.' },
    evidence: [],
    config: null,
    fix: { id: 'fix', class: 'A' },
    controls: {},
    exception: null,
    ...differs,
  };
}
