/** This package's reference. The Russian one is linked below the title of each chapter. Source: `homepage` in package.json. */
const REFERENCE =
	'https://github.com/n8n-nodes-yandex-market/n8n-nodes-yandex-market/blob/HEAD/docs/reference.md';

/** Update Stocks, Hide Offers and Unhide Offers. */
export const WRITE_NODES_PAGE = `${REFERENCE}#the-nodes-that-write`;

/** Yandex Market. */
export const READ_NODE_PAGE = `${REFERENCE}#the-node-that-reads`;

/** Yandex Market Trigger and Yandex Market Orders Trigger. */
export const TRIGGERS_PAGE = `${REFERENCE}#the-triggers`;
