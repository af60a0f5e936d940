import type { AuditVerification } from '@floorwatch/contracts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatCount } from '../../lib/amounts.ts';
import { formatInstant } from '../../lib/zone-time.ts';
import { mayAnywhere, useSession } from '../../live/session-query.ts';
import type { Tone } from '../../ui/tone.ts';
import { verificationQuery } from './audit-query.ts';
import { useAuditSearch } from './use-audit-search.ts';

/** Whether the audit is what was written, in words. */
export const AuditVerdict = () => {
  const { zone } = useAuditSearch();
  // Whoever may not see the audit is told so once, by the list.
  const mayAsk = mayAnywhere(useSession(), 'see-audit');
  const { data, error, isFetching, refetch } = useQuery({ ...verificationQuery, enabled: mayAsk });
  if (!mayAsk) return null;
  return (
    <section className="verdict" data-tone={toneOf(data, error)} aria-label="Verification" aria-busy={isFetching}>
      {data !== undefined && error === null ? (
        <Verdict verification={data} zone={zone} />
      ) : (
        <p className="verdict__words" role="status">
          {error === null
            ? 'The chain of entries is being walked…'
            : `Whether it is whole is not known: ${error.message}`}
        </p>
      )}
      <Button size="compact-sm" variant="default" loading={isFetching} onClick={() => void refetch()}>
        Verify now
      </Button>
    </section>
  );
};

const toneOf = (data: AuditVerification | undefined, error: Error | null): Tone => {
  if (error !== null) return 'warn';
  if (data === undefined) return 'quiet';
  return data.broken === null ? 'good' : 'alarm';
};

interface VerdictProps {
  readonly verification: AuditVerification;
  readonly zone: string;
}

const Verdict = ({ verification: { entries, head, broken, verifiedAt }, zone }: VerdictProps) => (
  <div className="verdict__words">
    {broken === null ? (
      <p role="status">
        <b>The audit is whole.</b> {formatCount(entries)} {entries === 1 ? 'entry holds' : 'entries hold'} together, as
        of {formatInstant(Date.parse(verifiedAt), zone)}.
      </p>
    ) : (
      <p role="alert">
        <b>The audit is broken at entry {formatCount(broken.seq)}:</b> {broken.reason}. {formatCount(entries)} before it
        hold together, as of {formatInstant(Date.parse(verifiedAt), zone)}. Somebody has written to the database past
        Floorwatch, or it is damaged: keep a copy of it, and look for who has access.
      </p>
    )}
    <details className="verdict__more">
      <summary>What this proves</summary>
      <p>
        Each entry carries a hash over itself and the one before, so a change, a gap or an entry put in between is
        found. That the newest entries were cut off is only found by whoever has noted down this head before:
      </p>
      <code className="verdict__head">{head}</code>
      <p>
        It also stands in the log once a day and in every export; <code>pnpm audit:verify --head …</code> compares it.
      </p>
    </details>
  </div>
);
