import './tone-dot.css';
import type { Tone } from './tone.ts';

/** The tone of the words beside it, for those who look before they read. */
export const ToneDot = ({ tone }: { readonly tone: Tone }) => (
  <span className="tone-dot" data-tone={tone} aria-hidden="true" />
);
