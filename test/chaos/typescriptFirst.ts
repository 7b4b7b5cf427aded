// Beside each `X.node.ts` stands n8n's `X.node.json`. Jest takes the first for `X.node`; Node.js takes the second, unless
// JSON is the last that it tries.
const json = require.extensions['.json'];
Reflect.deleteProperty(require.extensions, '.json');
require.extensions['.json'] = json;
