import type { IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

/** Where a trigger runs, or is set up: there are no input items. */
export type TriggerContext = IHookFunctions | IPollFunctions | IWebhookFunctions;
