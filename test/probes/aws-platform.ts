import { createHash, createHmac } from 'node:crypto';
import { type Answer, type Platform, platform, type Request } from './platform.ts';

export interface AwsSetting {
  keyId: string;
  secret: string;
  /** Of the session; a key of a person has none. */
  session?: string;
  arn?: string;
  /** Decisions of the policy simulator, by action; `implicitDeny` for all others. */
  decisions?: Readonly<Record<string, string>>;
  /** Quotas by service, as many as are given on two pages. */
  quotas?: Readonly<Record<string, readonly object[]>>;
  /** An answer of its own to what is signed rightly. */
  override?: (request: Request, host: string) => Answer | undefined;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const xml = (body: string, status = 200): Answer => ({ status, headers: { 'content-type': 'text/xml' }, body });
const queryError = (code: string, message: string) =>
  xml(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
    403,
  );
const jsonError = (type: string, message: string): Answer => ({
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: { __type: type, Message: message },
});

/**
 * STS, IAM and Service Quotas as their interfaces answer (query protocol of 2011-06-15 and 2010-05-08, JSON 1.1 of 2019-06-24). The
 * host decides which, and requests have to be signed (Signature Version 4).
 */
export function awsPlatform(setting: AwsSetting): Promise<Platform> {
  return platform(
    (request) => {
      const host = request.headers.host ?? '';
      const isJson = host.startsWith('servicequotas.');
      const refuse = isJson ? jsonError : queryError;
      const problem = signatureProblem(request, setting);
      if (problem !== undefined) return refuse(...problem);
      const own = setting.override?.(request, host);
      if (own !== undefined) return own;
      if (host.startsWith('sts.')) return caller(setting);
      if (host.startsWith('iam.')) return simulated(request, setting);
      return isJson ? quotas(request, setting) : { status: 404 };
    },
    { tls: true },
  );
}

function caller({ arn = 'arn:aws:iam::123456789012:user/lab' }: AwsSetting): Answer {
  return xml(
    `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AIDA1</UserId><Account>123456789012</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  );
}

function simulated({ body }: Request, { decisions = {} }: AwsSetting): Answer {
  const form = new URLSearchParams(body);
  if (!/^arn:aws:iam::\d{12}:(?:user|role)\//.test(form.get('PolicySourceArn') ?? ''))
    return queryError('InvalidInput', 'Invalid Entity Arn');
  const action = form.get('ActionNames.member.1') ?? '';
  return xml(
    `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults><member><EvalActionName>${action}</EvalActionName><EvalResourceName>*</EvalResourceName><EvalDecision>${decisions[action] ?? 'implicitDeny'}</EvalDecision><MatchedStatements/><MissingContextValues/></member></EvaluationResults></SimulatePrincipalPolicyResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></SimulatePrincipalPolicyResponse>`,
  );
}

function quotas({ headers, body }: Request, { quotas: all = {} }: AwsSetting): Answer {
  if (headers['x-amz-target'] !== 'ServiceQuotasV20190624.ListServiceQuotas') return { status: 404 };
  const { ServiceCode: service, NextToken: next } = JSON.parse(body) as { ServiceCode: string; NextToken?: string };
  const own = all[service];
  if (own === undefined)
    return jsonError('NoSuchResourceException', 'The request failed because the specified service does not exist.');
  const half = Math.ceil(own.length / 2);
  const page = next === undefined ? { Quotas: own.slice(0, half), NextToken: 'page-2' } : { Quotas: own.slice(half) };
  return { headers: { 'content-type': 'application/x-amz-json-1.1' }, body: page };
}

/** What is wrong with a request's signature (AWS General Reference, "Signature Version 4"), as code and message. */
function signatureProblem(request: Request, { keyId, secret, session }: AwsSetting): [string, string] | undefined {
  const { method, path, query, headers, body } = request;
  const invalid: [string, string] = ['InvalidClientTokenId', 'The security token included in the request is invalid.'];
  const [, key, scope, names, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  if (key === undefined || scope === undefined || names === undefined)
    return ['MissingAuthenticationToken', 'Request is missing Authentication Token'];
  if (key !== keyId) return invalid;
  if (headers['x-amz-security-token'] !== session)
    return ['ExpiredToken', 'The security token included in the request is expired'];
  const [date, region, service] = scope.split('/') as [string, string, string];
  const canonical = [
    method,
    path,
    [...query]
      .sort()
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .join('&'),
    ...names.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const signing = hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), 'aws4_request');
  if (hmac(signing, toSign).toString('hex') === signature) return undefined;
  return ['SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.'];
}
