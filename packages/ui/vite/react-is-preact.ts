/**
 * The apps are written for React and drawn by Preact, a sixth of its size: what asks for the one is
 * given the other. Types, and what the libraries are tested with, stay React's.
 */
export const reactIsPreact = {
  'react/jsx-runtime': 'preact/jsx-runtime',
  'react/jsx-dev-runtime': 'preact/jsx-dev-runtime',
  'react-dom/client': 'preact/compat/client',
  'react-dom/server': 'preact/compat/server',
  'react-dom': 'preact/compat',
  react: 'preact/compat',
}
