import { LANE_KINDS, LANE_WORD, type LaneKind } from './lane.ts';

interface LaneChoiceProps {
  readonly shown: readonly LaneKind[];
  readonly onChange: (shown: readonly LaneKind[]) => void;
}

/** Which lanes are drawn; one always is. */
export const LaneChoice = ({ shown, onChange }: LaneChoiceProps) => (
  <fieldset className="choice">
    <legend className="hidden">Lanes shown</legend>
    {LANE_KINDS.map((kind) => {
      const isShown = shown.includes(kind);
      return (
        <label key={kind} className="choice__option">
          <input
            type="checkbox"
            checked={isShown}
            disabled={isShown && shown.length === 1}
            onChange={() => onChange(LANE_KINDS.filter((other) => shown.includes(other) !== (other === kind)))}
          />
          {LANE_WORD[kind]}
        </label>
      );
    })}
  </fieldset>
);
