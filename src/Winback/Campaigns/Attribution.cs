using Winback.Customers;
using Winback.Telemetry;

namespace Winback.Campaigns;

/// <summary>
/// Says of the latest marketing enrolment what it won back. Computed anew from the facts each time, never added up, so it may be asked whenever
/// something was bought or a mail has left, in any order.
/// </summary>
public sealed class Attribution(IFactStore facts, IEnrolmentStore enrolments, CampaignCatalog catalog, Signals signals)
{
    public async Task AttributeAsync(Customer customer, CancellationToken cancel)
    {
        // A refund may take a win-back away again, so it counts that anything was bought, not that it was a visit.
        if (customer.Marketing is not { } enrolment) return;
        // Its own version: what it won does not change when its campaign is edited or switched off.
        var campaign = (await catalog.FindAsync(enrolment.Campaign, enrolment.Version, cancel))?.Campaign
            ?? (await catalog.CurrentAsync(cancel)).Find(enrolment.Campaign);
        // Whatever becomes of a later step, the first one was sent.
        var wasReached = enrolment.State is StepState.HandedOver or StepState.Uncertain || enrolment.SentAgain
            || campaign?.IndexOf(enrolment.Step) > 0;
        if (!wasReached) return;
        var purchases = await facts.PurchasesAsync(customer.Id, cancel);
        if (!purchases.Any(p => p.Day >= enrolment.Started)) return;
        var contact = await enrolments.FirstContactAsync(customer.Id, enrolment, cancel) ?? enrolment.At;
        var days = campaign?.AttributionDays ?? Campaign.DefaultAttributionDays;
        var winBack = WinBack.Of(enrolment, contact, purchases, days);
        var before = await enrolments.AttributeAsync(customer.Id, enrolment, winBack, cancel);
        signals.Attributed(customer.Id, enrolment, before, winBack);
    }
}
