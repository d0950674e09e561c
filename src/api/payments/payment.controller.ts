import { noContent, ok } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import type { PaymentService } from './payment.service.ts';
import { toPaymentView } from './payment.view.ts';
import type { WebhookService } from './webhook.service.ts';

export class PaymentController {
  constructor(
    private readonly payments: PaymentService,
    private readonly webhooks: WebhookService,
  ) {}

  get = async ({ params }: Input<{ params: { readonly reference: string } }>) =>
    ok(toPaymentView(await this.payments.get(params.reference)));

  receive = async ({ header, rawBody, body }: Input<{ body: object; caller: null }>) => {
    const notification = {
      id: header('webhook-id') ?? '',
      timestamp: header('webhook-timestamp') ?? '',
      signature: header('webhook-signature') ?? '',
      body: rawBody,
    };
    await this.webhooks.receive(notification, body);
    return noContent();
  };
}
