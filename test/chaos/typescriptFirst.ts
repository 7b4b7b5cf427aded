// Next to each `X.node.ts` is n8n's `X.node.json`. For `X.node`, Jest takes the first; Node.js takes the second, unless
// JSON is the last extension it tries.
const json = require.extensions['.json'];
Reflect.deleteProperty(require.extensions, '.json');
require.extensions['.json'] = json;
