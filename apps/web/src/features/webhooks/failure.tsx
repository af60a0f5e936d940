/** Why something was not done. */
export const Failure = ({ error }: { readonly error: Error | null }) =>
  error === null ? null : (
    <p className="hook__result" role="alert" data-tone="alarm">
      {error.message}
    </p>
  );
