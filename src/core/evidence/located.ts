/** A resource as AWS Config knows it; '' where Config has no such word for it. */
export type Located = {
  account: string;
  region: string;
  /** `AWS::EC2::Instance`. */
  resourceType: string;
  resourceId: string;
  resourceName: string;
  arn: string;
  /** Whatever else it is called: an event may carry any of its id, name and ARN. */
  aliases: string[];
  deleted: boolean;
};
