/** This package's own pages. The Russian ones are linked beside each of these chapters. Source: `homepage` in package.json. */
const PAGES = 'https://github.com/n8n-nodes-yandex-market/n8n-nodes-yandex-market';

/** Update Stocks, Hide Offers and Unhide Offers. */
export const WRITE_NODES_PAGE = `${PAGES}#the-nodes-that-write`;

/** Yandex Market. */
export const READ_NODE_PAGE = `${PAGES}#the-node-that-reads`;

/** Yandex Market Trigger and Yandex Market Orders Trigger. */
export const TRIGGERS_PAGE = `${PAGES}#the-triggers`;
