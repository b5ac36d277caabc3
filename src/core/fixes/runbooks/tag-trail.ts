import type { RunbookFor } from '../runbook.ts';
import { shellWord } from './words.ts';

/** What a tag must say only people know. */
export const tagTrail: RunbookFor = {
  id: 'tag-trail',
  write({ subject, owner }) {
    return {
      id: 'tag-trail',
      title: { en: 'Tag the trail', ko: '트레일에 태그 붙이기' },
      why: {
        en: 'Whose the trail is and what it costs whom is not written anywhere that the bot could read.',
        ko: '트레일의 담당자와 비용 부담 부서는 봇이 읽을 수 있는 곳에 적혀 있지 않습니다.',
      },
      who: {
        en: `The owner of the trail in account ${owner}, in its home region.`,
        ko: `계정 ${owner}의 트레일 담당자. 홈 리전에서 실행합니다.`,
      },
      steps: [
        {
          say: {
            en: 'Add the missing tags; those that are there stay.',
            ko: '빠진 태그를 추가합니다. 기존 태그는 그대로입니다.',
          },
          command: `aws cloudtrail add-tags --resource-id ${shellWord(subject)} --tags-list Key=KEY,Value=VALUE`,
        },
      ],
      conflicts: [],
      alternatives: [],
    };
  },
};
