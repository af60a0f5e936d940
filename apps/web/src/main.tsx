import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { App } from './app/app.tsx';
import { createAppRouter } from './app/router.tsx';
import { startLive } from './app/start-live.ts';
import { createQueryClient } from './lib/query-client.ts';
import './look/styles.css';

z.config({ jitless: true }); // the content policy forbids generated code, and even trying it is reported

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no element with the id "root".');

const queryClient = createQueryClient();
const services = startLive(queryClient);
const router = createAppRouter();

createRoot(root).render(
  <StrictMode>
    <App services={services} queryClient={queryClient} router={router} />
  </StrictMode>,
);
