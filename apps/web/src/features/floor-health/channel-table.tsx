import type { ChannelReport } from '@floorwatch/contracts';
import { Fragment } from 'react';
import { ToneDot } from '../../ui/tone-dot.tsx';
import { ago, channelNote, channelWords } from './floor-health-words.ts';

interface ChannelTableProps {
  readonly channels: readonly ChannelReport[];
  readonly now: string;
}

/** One line for each notification channel, and under it why it is not live. */
export const ChannelTable = ({ channels, now }: ChannelTableProps) => {
  if (channels.length === 0) return <p className="health__note">None yet: the agents are not known.</p>;
  return (
    <table className="health__table">
      <thead>
        <tr>
          <th scope="col">Channel</th>
          <th scope="col">State</th>
          <th scope="col" className="health__number">
            Agents
          </th>
          <th scope="col" className="health__number">
            Last heard
          </th>
        </tr>
      </thead>
      <tbody>
        {channels.map((channel) => (
          <ChannelRows key={channel.index} channel={channel} now={now} />
        ))}
      </tbody>
    </table>
  );
};

const ChannelRows = ({ channel, now }: { readonly channel: ChannelReport; readonly now: string }) => {
  const { tone, text } = channelWords(channel);
  const note = channelNote(channel, now);
  return (
    <Fragment>
      <tr>
        <th scope="row">{channel.index + 1}</th>
        <td>
          <ToneDot tone={tone} />
          {text}
        </td>
        <td className="health__number">{channel.agents.toLocaleString('en')}</td>
        <td className="health__number">{ago(channel.lastHeardAt, now)}</td>
      </tr>
      {note !== null && (
        <tr className="health__reason">
          <td colSpan={4}>{note}</td>
        </tr>
      )}
    </Fragment>
  );
};
