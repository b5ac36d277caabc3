import { precondition } from '../../core/fixes/trails/own-trail.ts';

/** For a fix that is asked where nobody configured what fixes need to know. */
export const NOTHING_SAID = precondition(
  {
    en: 'The configuration does not say how long events must be kept.',
    ko: '설정에 이벤트를 얼마나 오래 보관해야 하는지 나와 있지 않습니다.',
  },
  { en: 'Set posture.retentionDays.', ko: 'posture.retentionDays를 설정하세요.' },
);
