/** The Slack workspace of Bora Commerce, as every start of the sandbox begins. */

export type Person = {
  id: string;
  name: string;
  realName: string;
  email: string;
  timeZone: string;
  /** Seconds east of UTC. */
  timeZoneOffset: number;
  locale: string;
  bot: boolean;
};

export type Channel = { id: string; name: string; members: string[] };
export type UserGroup = { id: string; handle: string; name: string; users: string[] };
export type Tokens = { bot: string; app: string };

export type Seed = {
  team: { id: string; name: string; domain: string };
  app: { id: string; user: string; botId: string; name: string };
  tokens: Tokens;
  people: Person[];
  channels: Channel[];
  userGroups: UserGroup[];
};

const inSeoul = { timeZone: 'Asia/Seoul', timeZoneOffset: 32_400, bot: false };

export const boraCommerce: Seed = {
  team: { id: 'T01BORA', name: 'Bora Commerce', domain: 'bora-commerce' },
  app: { id: 'A01TRAIL', user: 'U0TRAIL', botId: 'B0TRAIL', name: 'trailwarden' },
  tokens: { bot: 'xoxb-trailwarden-sandbox', app: 'xapp-trailwarden-sandbox' },
  people: [
    {
      id: 'U01ALICE',
      name: 'alice',
      realName: 'Alice Kim',
      email: 'alice@bora.example',
      locale: 'en-US',
      ...inSeoul,
    },
    {
      id: 'U02BOB',
      name: 'bob',
      realName: 'Bob Lee',
      email: 'bob@bora.example',
      locale: 'en-US',
      ...inSeoul,
    },
    {
      id: 'U03MINA',
      name: 'mina',
      realName: '박미나',
      email: 'mina@bora.example',
      locale: 'ko-KR',
      ...inSeoul,
    },
    {
      id: 'U04JUN',
      name: 'jun',
      realName: 'Jun Choi',
      email: 'jun@bora.example',
      locale: 'en-US',
      ...inSeoul,
    },
  ],
  // The page opens with the first.
  channels: ['C02GOVERN cloud-governance', 'C01GENERAL general', 'C03PAYMENTS payments-team'].map(
    (channel) => {
      const [id = '', name = ''] = channel.split(' ');
      return { id, name, members: ['U01ALICE', 'U02BOB', 'U03MINA', 'U04JUN', 'U0TRAIL'] };
    },
  ),
  userGroups: [
    {
      id: 'S01APPROVE',
      handle: 'cloud-approvers',
      name: 'Cloud approvers',
      users: ['U01ALICE', 'U03MINA', 'U04JUN'],
    },
    {
      id: 'S02SECURE',
      handle: 'security-approvers',
      name: 'Security approvers',
      users: ['U01ALICE', 'U03MINA', 'U04JUN'],
    },
  ],
};
