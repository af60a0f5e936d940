import type { Persona } from '../org/persona.ts';

interface ConsentPageParts {
  readonly organisationName: string;
  readonly clientName: string;
  readonly personas: readonly Persona[];
  /** The query of the authorization request, handed on by the form. */
  readonly request: URLSearchParams;
}

/** Where the platform would ask for a password, the simulator asks who you want to be. */
export const consentPage = ({ organisationName, clientName, personas, request }: ConsentPageParts): string => {
  const fields = [...request]
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('');
  const buttons = personas
    .map(
      ({ key, subject, rights }) =>
        `<button name="persona" value="${key}"><strong>${escape(subject.name)}</strong><span>${escape(rights)}</span></button>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in: ${escape(organisationName)} (simulated)</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Sign in to ${escape(organisationName)}</h1>
<p>This organisation is simulated. Choose whom ${escape(clientName)} may act for:</p>
<form method="post" action="/oauth/authorize">
${fields}
${buttons}
<button class="deny" name="persona" value="">Cancel</button>
</form>
</main>
</body>
</html>`;
};

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { width: min(26rem, 90vw); }
h1 { font-size: 1.4rem; }
form { display: grid; gap: 0.5rem; }
button { display: grid; gap: 0.1rem; padding: 0.7rem 1rem; text-align: start; font: inherit; border-radius: 0.5rem; border: 1px solid; cursor: pointer; }
.deny { text-align: center; border-color: transparent; background: none; }
`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
