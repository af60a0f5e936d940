import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const BFF = 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  // The BFF serves the build at its root; hashed names under assets/ may be cached for ever.
  build: {
    target: 'es2023',
    outDir: 'dist',
    assetsDir: 'assets',
    modulePreload: { polyfill: false },
    // What every visit loads is one file: cut along what later pages share it would be a dozen, and pack 3 % worse.
    chunkSizeWarningLimit: 800,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
  server: { host: '127.0.0.1', proxy: { '/api': { target: BFF, ws: true } } },
});
