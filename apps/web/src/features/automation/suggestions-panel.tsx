import type { SuggestionList, SuggestionView } from '@floorwatch/contracts';
import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { agentAddress } from '../../lib/agent-address.ts';
import { rememberedZone } from '../../lib/remembered-zone.ts';
import { openTask } from '../../live/presence-desk.ts';
import { dismiss, suggestionsQuery, turnSuggestions } from './automation-api.ts';
import { AutomationFailed } from './automation-failed.tsx';
import { suggestionWords } from './automation-words.ts';
import { useRuleWrite } from './use-rule-write.ts';

const SNOOZE_MINUTES = 10;

/** What the schedule suggests. Nothing happens before somebody has looked at the change and sent it. */
export const SuggestionsPanel = () => {
  const { data, error, refetch } = useQuery(suggestionsQuery);
  return (
    <section className="suggestions" aria-label="Suggestions of the schedule">
      <h2 className="suggestions__title">The schedule suggests</h2>
      {data === undefined && error === null && <Loader size="sm" aria-label="Reading the suggestions" />}
      {error !== null && <AutomationFailed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && <Suggested list={data} />}
    </section>
  );
};

const Suggested = ({ list }: { readonly list: SuggestionList }) => {
  const { suggestions, divisions, roundSeconds, problem } = list;
  const isOn = divisions.some((one) => one.isOn);
  return (
    <>
      {problem !== null && <p className="automation__problem">{problem}.</p>}
      {suggestions.length === 0 ? (
        <p className="automation__quiet">{emptyWords(isOn, roundSeconds)}</p>
      ) : (
        <ul className="suggestions__list">
          {suggestions.map((one) => (
            <SuggestionLine key={one.id} suggestion={one} />
          ))}
        </ul>
      )}
      {roundSeconds !== null && suggestions.length > 0 && (
        <p className="automation__quiet">Everybody is looked at once in {roundSeconds} s.</p>
      )}
      <Switches divisions={divisions} />
    </>
  );
};

const emptyWords = (isOn: boolean, roundSeconds: number | null): string => {
  if (!isOn) return 'The schedule is looked at nowhere: switch a division on below.';
  return roundSeconds === null
    ? 'The schedule is being looked at for the first time.'
    : `Everybody does what is planned, as of the last ${roundSeconds} s.`;
};

const SuggestionLine = ({ suggestion }: { readonly suggestion: SuggestionView }) => {
  const { id, agentId, agentName, wanted } = suggestion;
  const dismissing = useRuleWrite((minutes: number | null) => dismiss(id, minutes));
  return (
    <li className="suggestion">
      <div className="suggestion__words">
        <Link to={agentAddress(agentId)} className="suggestion__name" dir="auto">
          {agentName}
        </Link>
        <span>{suggestionWords(suggestion, rememberedZone())}</span>
      </div>
      <div className="suggestion__actions" role="group" aria-label={`What to do about ${agentName}`}>
        {wanted !== null && (
          <Button
            size="compact-sm"
            onClick={() => openTask({ kind: 'change', agentId, definitionId: wanted.definitionId })}
          >
            Change to {wanted.label}…
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          loading={dismissing.isPending}
          onClick={() => dismissing.mutate(SNOOZE_MINUTES)}
        >
          In {SNOOZE_MINUTES} min
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={() => dismissing.mutate(null)}>
          Dismiss
        </Button>
      </div>
      {dismissing.error !== null && <AutomationFailed error={dismissing.error} />}
    </li>
  );
};

const Switches = ({ divisions }: Pick<SuggestionList, 'divisions'>) => {
  const turning = useRuleWrite(({ id, isOn }: { id: string; isOn: boolean }) => turnSuggestions(id, isOn));
  return (
    <details className="suggestions__where">
      <summary>Where the schedule is looked at</summary>
      {divisions.map(({ id, name, isOn, agents }) => (
        <label key={id} className="suggestions__switch">
          <input
            type="checkbox"
            checked={isOn}
            disabled={turning.isPending}
            onChange={(event) => turning.mutate({ id, isOn: event.currentTarget.checked })}
          />
          <span dir="auto">{name}</span>
          <span className="automation__quiet">{agents.toLocaleString('en')} agents</span>
        </label>
      ))}
      <p className="automation__quiet">
        For everybody who may change presences there. A hundred agents take one request of the platform.
      </p>
      {turning.error !== null && <AutomationFailed error={turning.error} />}
    </details>
  );
};
