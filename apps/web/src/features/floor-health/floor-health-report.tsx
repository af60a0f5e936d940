import type { FloorHealth } from '@floorwatch/contracts';
import { WARNING_KINDS, type WarningKind } from '@floorwatch/domain';
import type { ReactNode } from 'react';
import { FLAG_WORDS } from '../../look/words.ts';
import { ToneDot } from '../../ui/tone-dot.tsx';
import { ChannelTable } from './channel-table.tsx';
import {
  ago,
  agentsInWords,
  budgetShare,
  budgetWords,
  checkWords,
  platformWords,
  sampleWords,
  upstreamWords,
  type Words,
} from './floor-health-words.ts';
import { recordingLines } from './recording-words.ts';

interface ReportProps {
  readonly health: FloorHealth;
  readonly onShow: (kind: WarningKind) => void;
}

/** The whole report, most telling first. */
export const FloorHealthReport = ({ health, onShow }: ReportProps) => (
  <>
    <Summary health={health} />
    <Figures health={health} />
    <Section title="Agents to look at">
      <Warnings counts={health.agents.byWarning} onShow={onShow} />
    </Section>
    {health.isCut ? (
      <p className="health__note">
        You see some divisions only: agents are counted in these, and what the connection to Genesys Cloud tells of all
        agents is shown to those who see the whole floor.
      </p>
    ) : (
      <Machinery health={health} />
    )}
    <RejectedTopics rejected={health.rejectedTopics} />
  </>
);

/** The parts between the platform and the wall: what they tell is of all agents together. */
const Machinery = ({ health }: { readonly health: FloorHealth }) => (
  <>
    <Section title="Channels">
      <ChannelTable channels={health.channels} now={health.now} />
    </Section>
    <Section title="Reading">
      <Reading health={health} />
    </Section>
    <Section title="Recording">
      <dl className="health__lines">
        {recordingLines(health).map(({ name, words }) => (
          <Line key={name} name={name} words={words} />
        ))}
      </dl>
    </Section>
    <Section title="Passed over">
      <Oddities oddities={health.oddities} />
    </Section>
  </>
);

const Summary = ({ health }: { readonly health: FloorHealth }) => {
  const { tone, text } = upstreamWords(health);
  return (
    <div className="health__summary" data-tone={tone}>
      <p className="health__state">
        <ToneDot tone={tone} />
        {text}
      </p>
      {health.upstream.message !== null && <p className="health__why">{health.upstream.message}</p>}
    </div>
  );
};

const Figures = ({ health }: { readonly health: FloorHealth }) => {
  const { upstream, budget, browsers } = health;
  const requests = budgetWords(health);
  const sample = sampleWords(health);
  const share = budgetShare(health);
  const notLive = upstream.agentsTotal - upstream.agentsLive;
  return (
    <dl className="health__figures">
      <Figure
        name="Agents live"
        value={upstream.agentsLive.toLocaleString('en')}
        of={upstream.agentsTotal.toLocaleString('en')}
        note={{
          tone: notLive === 0 ? 'good' : 'warn',
          text: notLive === 0 ? 'all of them' : `${agentsInWords(notLive)} not`,
        }}
      />
      <Figure
        name="Requests this minute"
        value={budget.used.toLocaleString('en')}
        of={budget.allowed?.toLocaleString('en') ?? null}
        note={requests}
      >
        {share !== null && (
          <span className="health__bar" aria-hidden="true">
            <span style={{ inlineSize: `${share * 100}%` }} data-full={share >= 0.85 || undefined} />
          </span>
        )}
      </Figure>
      {!health.isCut && <Figure name="Divergence" value={sample.figure} of={null} note={sample} />}
      <Figure
        name="Browsers"
        value={browsers.toLocaleString('en')}
        of={null}
        note={{ tone: 'quiet', text: 'connected, this one too' }}
      />
    </dl>
  );
};

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly of: string | null;
  readonly note: Words;
  readonly children?: ReactNode;
}

const Figure = ({ name, value, of, note, children }: FigureProps) => (
  <div className="health__figure">
    <dt>{name}</dt>
    <dd>
      <span className="health__value">{value}</span>
      {of !== null && <span className="health__of"> of {of}</span>}
      {children}
      <span className="health__note" data-tone={note.tone}>
        {note.text}
      </span>
    </dd>
  </div>
);

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="health__section" aria-label={title}>
    <h3>{title}</h3>
    {children}
  </section>
);

const WARNING_WORD: Readonly<Record<WarningKind, string>> = {
  discrepancy: 'Disagreeing',
  stuck: FLAG_WORDS.stuck.short,
  unlisted: FLAG_WORDS.unlisted.short,
  volatile: FLAG_WORDS.volatile.short,
};

const Warnings = ({
  counts,
  onShow,
}: { readonly counts: Readonly<Record<WarningKind, number>> } & Pick<ReportProps, 'onShow'>) => (
  <div className="health__warnings">
    {WARNING_KINDS.map((kind) => (
      <button
        key={kind}
        type="button"
        className="health__warning"
        data-none={counts[kind] === 0 || undefined}
        title="Show these on the wall"
        onClick={() => onShow(kind)}
      >
        <b>{counts[kind].toLocaleString('en')}</b> {WARNING_WORD[kind]}
      </button>
    ))}
  </div>
);

const Reading = ({ health }: { readonly health: FloorHealth }) => {
  const { reading, registry, reads, stuck, now } = health;
  return (
    <dl className="health__lines">
      <Line name="Everybody, slowly" words={roundWords(reading.sweep.lastRoundAt, reading.sweep.roundMs, now)} />
      <Line
        name="Those without events"
        words={
          reading.poll.agents === 0
            ? { tone: 'good', text: 'nobody' }
            : {
                tone: 'warn',
                text: `${agentsInWords(reading.poll.agents)}, last round ${ago(reading.poll.lastRoundAt, now)}`,
              }
        }
      />
      <Line
        name="After gaps in events"
        words={
          reading.waiting === 0
            ? { tone: 'good', text: 'nobody waits' }
            : { tone: 'warn', text: `${agentsInWords(reading.waiting)} waiting to be read again` }
        }
      />
      <Line name="Background calls" words={platformWords(health)} />
      <Line name="List of agents" words={checkWords(registry, now)} />
      <Line name="Reads by id" words={checkWords(reads, now)} />
      <Line
        name="Stuck agents"
        words={{
          tone: stuck.statusRefused === null ? 'quiet' : 'warn',
          text: `${stuck.confirmed.toLocaleString('en')} confirmed, ${stuck.adopted.toLocaleString('en')} cleared up by the platform`,
        }}
      />
      {stuck.statusRefused !== null && (
        <Line name="Agent status" words={{ tone: 'warn', text: `cannot be asked. ${stuck.statusRefused}` }} />
      )}
    </dl>
  );
};

const roundWords = (lastRoundAt: string | null, roundMs: number, now: string): Words =>
  lastRoundAt === null
    ? { tone: 'quiet', text: 'first round under way' }
    : {
        tone: Date.parse(now) - Date.parse(lastRoundAt) > 3 * roundMs ? 'warn' : 'good',
        text: `last round ${ago(lastRoundAt, now)}`,
      };

const Line = ({ name, words }: { readonly name: string; readonly words: Words }) => (
  <div className="health__line">
    <dt>{name}</dt>
    <dd>
      <ToneDot tone={words.tone} />
      {words.text}
    </dd>
  </div>
);

const RejectedTopics = ({ rejected }: { readonly rejected: FloorHealth['rejectedTopics'] }) => {
  if (rejected.total === 0) return null;
  const more = rejected.total - rejected.named.length;
  return (
    <Section title="Rejected topics">
      <ul className="health__list">
        {rejected.named.map(({ topic, agent, reason }) => (
          <li key={topic}>
            <b dir="auto" title={topic}>
              {agent ?? topic}
            </b>{' '}
            {reason}
          </li>
        ))}
      </ul>
      {more > 0 && <p className="health__note">… and {more.toLocaleString('en')} more</p>}
    </Section>
  );
};

const Oddities = ({ oddities }: Pick<FloorHealth, 'oddities'>) => {
  if (oddities.length === 0)
    return <p className="health__note">Nothing: everything the platform sent was understood.</p>;
  return (
    <ul className="health__list">
      {oddities.map(({ kind, count }) => (
        <li key={kind}>
          <b>{count.toLocaleString('en')} ×</b> {kind}
        </li>
      ))}
    </ul>
  );
};
