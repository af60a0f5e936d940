import { MAX_AGENTS_PER_RUN } from '@floorwatch/domain';
import type { AutomationPreview } from '@floorwatch/contracts';
import { formatDay, formatTime, offsetWord } from '../../lib/zone-time.ts';
import { FATE } from './automation-words.ts';

interface PreviewTableProps {
  readonly preview: AutomationPreview;
  readonly zone: string;
}

/** What the rule would do as things stand now. */
export const PreviewTable = ({ preview, zone }: PreviewTableProps) => {
  const { nextAt, reached, outOfReach, agents } = preview;
  return (
    <section className="preview" aria-label="Preview">
      <p role="status">
        As things stand now it reaches {reached.toLocaleString('en')} {reached === 1 ? 'agent' : 'agents'}.
        {outOfReach > 0 && ` ${outOfReach.toLocaleString('en')} more are named, and not yours to change.`}
        {reached > MAX_AGENTS_PER_RUN && ` A run takes ${MAX_AGENTS_PER_RUN} at most: narrow it, or it is not begun.`}
        {nextAt.length > 0 && ` Next: ${nextAt.map((at) => when(at, zone)).join('; ')}.`}
      </p>
      {agents.length > 0 && (
        <div className="rows preview__scroll" role="region" aria-label="Agents it reaches" tabIndex={0}>
          <table className="runs__table">
            <thead>
              <tr>
                <th scope="col">Agent</th>
                <th scope="col">Now</th>
                <th scope="col">Would</th>
                <th scope="col">Why</th>
              </tr>
            </thead>
            <tbody>
              {agents.map(({ agentId, name, current, fate, reason }) => (
                <tr key={agentId}>
                  <th scope="row" dir="auto">
                    {name}
                  </th>
                  <td dir="auto">{current ?? 'Not known'}</td>
                  <td>
                    <span className="told" data-tone={FATE[fate].tone}>
                      {FATE[fate].word}
                    </span>
                  </td>
                  <td className="runs__reason">{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
};

const when = (at: string, zone: string): string => {
  const instant = Date.parse(at);
  return `${formatDay(instant, zone)}, ${formatTime(instant, zone)} ${offsetWord(instant, zone)}`;
};
