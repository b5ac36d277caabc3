/** Who makes a call, as the simulator established it from the request's access key. */
export type CallerIdentity = {
  account: string;
  arn: string;
  accessKeyId: string;
  /** Set for a role session. */
  role?: {
    arn: string;
    name: string;
    sessionName: string;
    createdAt: Date;
    sourceIdentity?: string;
  };
  /** What the session may do, when it was narrowed by a session policy. */
  sessionPolicy?: unknown;
};
