import './session.css';
import { useLive } from '../../live/use-live.ts';
import { listNames } from './session-words.ts';

/** Stands there for as long as the view is cut: a total that counts a part of the floor must not pass for the whole. */
export const ViewCutNote = () => {
  const cutTo = useLive(({ organisation }) => organisation?.cutTo ?? null);
  if (cutTo === null) return null;
  const names = cutTo.map(({ name }) => name);
  return (
    <p className="view-cut" title={names.join(', ')}>
      Your view is cut to <b dir="auto">{listNames(names)}</b>: others are neither shown nor counted.
    </p>
  );
};
