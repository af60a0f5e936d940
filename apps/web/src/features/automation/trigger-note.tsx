import { triggerAutomation } from '@floorwatch/contracts';

/** How another tool sets it going. */
export const TriggerNote = ({ id }: { readonly id: string }) => {
  const address = `${location.origin}${triggerAutomation.path.replace(':id', id)}`;
  return (
    <details className="trigger">
      <summary>How another tool starts it</summary>
      <p>
        A calendar or focus-mode tool sends one request. An administrator makes the key: an API key with the scope
        automations:trigger. Agents may be named by their ids; without them it is about all it reaches. The same
        Idempotency-Key is never carried out twice.
      </p>
      <pre className="trigger__code" tabIndex={0} aria-label="Example of a request">
        {`curl -X POST ${address} \\
  -H 'Authorization: Bearer <API key>' \\
  -H 'Idempotency-Key: meeting-4711-start' \\
  -H 'Content-Type: application/json' \\
  -d '{"agents": ["<agent id>"]}'`}
      </pre>
      <p className="automation__quiet">
        It answers 202 with the run; 409 while it is paused; 422 where the key was used for other agents; 429 where it
        is asked too often.
      </p>
    </details>
  );
};
