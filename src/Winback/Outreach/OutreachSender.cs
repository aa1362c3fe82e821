using Winback.Campaigns;
using Winback.Customers;
using Winback.Mail;
using Winback.Telemetry;

namespace Winback.Outreach;

/// <summary>What handling one queued step came to.</summary>
public enum OutreachOutcome { Dropped, Sent, Failed, Uncertain, PutBack, LeftToNextScan }

/// <summary>
/// Sends one due step: asks the rule again, claims the customer row (If-Match), hands the mail over, records what became of it.
/// Killed anywhere, it leaves the customer due, or sent, or a claim that is settled later; never two mails.
/// </summary>
public sealed partial class OutreachSender(
    ICustomerStore customers, IMailboxStore mailboxes, IEnrolmentStore enrolments, IOutreachStore outreach, IOutreachQueue queue, IMailSender sender,
    MailComposer composer, Attribution attribution, Examiner examiner, CampaignCatalog catalog, EngineOptions options, Signals signals,
    OwnerClock clock, ILogger<OutreachSender> log)
{
    /// <summary>While the provider is away a step is put back; after this the next scan finds it anew, so that nothing piles up.</summary>
    private static readonly TimeSpan PutBackFor = TimeSpan.FromHours(1);

    public async Task<OutreachOutcome> HandleAsync(OutreachMessage message, CancellationToken cancel)
    {
        if (!CustomerId.TryParse(message.Customer, out var id, out var problem) || string.IsNullOrEmpty(message.Campaign) || string.IsNullOrEmpty(message.Step))
            throw new FormatException($"A send-outreach message must hold customer, campaign and step; {problem ?? "campaign or step is missing"}.");
        using var span = signals.HandlingStep(id, message.Campaign, message.Step, message.TraceParent);
        var outcome = await HandleAsync(message, id, cancel);
        Signals.Handled(span, outcome, isWrong: outcome is OutreachOutcome.Failed or OutreachOutcome.Uncertain);
        return outcome;
    }

    private async Task<OutreachOutcome> HandleAsync(OutreachMessage message, CustomerId id, CancellationToken cancel)
    {
        // What the scan decided by may be newer than what this instance read last.
        if (message.Version is { } version && !catalog.Knows(message.Campaign, version)) await catalog.RefreshAsync(cancel);
        for (var i = 0; i < CustomerStoreUpdates.MaxTries; i++)
        {
            if (await customers.FindAsync(id, cancel) is not { } file) return Drop(id, message, "the customer is gone");
            if (await SettleAsync(file, cancel)) continue;
            if ((await catalog.CurrentAsync(cancel)).Find(message.Campaign) is not { } current) return Drop(id, message, "the campaign is switched off");
            if (await StopAsync(file, current.Class, cancel) is { } stopped) return Drop(id, message, stopped);

            var now = clock.Now;
            var verdict = (await examiner.ExamineAsync(file.Customer, now, cancel)).FirstOrDefault(v => v.Campaign == current.Id);
            if (verdict is not Due due || due.Step.Id != message.Step) return Drop(id, message, verdict?.Detail ?? "the campaign is switched off");
            var campaign = catalog.Definition(due.Campaign, due.Version).Campaign;
            // The row knows only the latest enrolment; of two subscriptions in turn, the record knows the one before.
            if (due.IsNew && !IsAgain(file.Customer, campaign, due) && await outreach.FindAsync(id, campaign.Id, due.Anchor, due.Step.Id, cancel) is { } before)
            {
                await customers.UpdateAsync(id, c => c.Adopt(campaign, due, before.State, before.At, before.Problem, now), cancel);
                return Drop(id, message, "was sent before");
            }

            // Everything that can fail is ready before the claim: between claim and record there is only the provider.
            var mail = await composer.ComposeAsync(file, campaign, due, now, cancel);
            var claimId = Guid.NewGuid().ToString("n");
            // Preparing may have waited for storage: the claim's age counts from here, and a new day is a new question.
            var claimedAt = clock.Now;
            if (claimedAt.Today != now.Today) continue;
            var claimed = file.Customer.Claim(campaign, due, claimId, claimedAt);
            if (await customers.TryReplaceAsync(file, claimed, file.Profile, cancel) is null && !await HasClaimAsync(id, campaign.Class, claimId, cancel)) continue;
            return await SendAsync(message, campaign, file.Customer, claimed.Slot(campaign.Class)!, mail);
        }
        throw CustomerStoreUpdates.TooBusy(id);
    }

    /// <summary>The row says that this very step is to be sent once more, so there is a record of it, and that is no reason to drop it.</summary>
    private static bool IsAgain(Customer customer, Campaign campaign, Due due) =>
        customer.Slot(campaign.Class) is { State: StepState.DueAgain } slot && slot.Anchor == due.Anchor && slot.Step == due.Step.Id;

    /// <summary>
    /// Whether the claim was written after all: when storage's answer gets lost its library writes again, and is told that the row has changed.
    /// </summary>
    private async Task<bool> HasClaimAsync(CustomerId id, MessageClass messageClass, string claimId, CancellationToken cancel) =>
        await customers.FindAsync(id, cancel) is { } file
        && file.Customer.Slot(messageClass) is { State: StepState.Claimed } slot && slot.ClaimId == claimId;

    /// <summary>The claim is made, so from here on nothing is cancelled: what happened must be recorded.</summary>
    private async Task<OutreachOutcome> SendAsync(OutreachMessage message, Campaign campaign, Customer before, Enrolment claim, OutgoingMail mail)
    {
        var id = before.Id;
        var result = await sender.SendAsync(mail);
        switch (result)
        {
            case Accepted accepted:
                await RecordAsync(id, campaign, claim, StepState.HandedOver, accepted.ProviderId, null);
                LogSent(log, id, claim.Campaign, claim.Step);
                return OutreachOutcome.Sent;
            case Refused refused:
                await RecordAsync(id, campaign, claim, StepState.Failed, null, refused.Reason);
                LogFailed(log, id, claim.Campaign, claim.Step, refused.Reason);
                return OutreachOutcome.Failed;
            case Unavailable unavailable:
                await customers.UpdateAsync(id, c => c.Release(campaign, claim.ClaimId, before), CancellationToken.None);
                return await PutBackAsync(id, message, unavailable);
            case Unknown unknown:
                await RecordAsync(id, campaign, claim, StepState.Uncertain, null, unknown.Reason);
                LogUncertain(log, id, claim.Campaign, claim.Step, unknown.Reason);
                return OutreachOutcome.Uncertain;
            default:
                throw new NotSupportedException($"The sender answered {result.GetType().Name}.");
        }
    }

    private async Task RecordAsync(CustomerId id, Campaign campaign, Enrolment claim, StepState state, string? providerId, string? problem)
    {
        var at = clock.Now.Instant;
        await outreach.RecordAsync(new OutreachRecord(id, claim.Campaign, claim.Anchor, claim.Step, state, at, providerId, problem), CancellationToken.None);
        await StartAsync(id, claim, CancellationToken.None);
        await CompleteAsync(id, campaign.Class, campaign, claim, state, problem, at, CancellationToken.None);
    }

    private async Task CompleteAsync(
        CustomerId id, MessageClass messageClass, Campaign? campaign, Enrolment claim, StepState state, string? problem, DateTimeOffset at, CancellationToken cancel)
    {
        var completed = await customers.UpdateAsync(id, c => c.Complete(messageClass, campaign, claim.ClaimId, state, problem, at), cancel);
        // Whoever takes the claim off the row tells what became of it, so it is told once.
        if (completed is var (before, after) && !ReferenceEquals(before, after))
            signals.MailBecame(claim.Campaign, claim.Step, after.Slot(messageClass)!.State);
        // Bought while the mail was on its way: nobody else would look at it again.
        if (messageClass == MessageClass.Marketing && completed?.After.LastVisit >= claim.Started) await attribution.AttributeAsync(completed.Value.After, cancel);
    }

    /// <summary>Records the enrolment with its first contact; a later step must not move that.</summary>
    private async Task StartAsync(CustomerId id, Enrolment claim, CancellationToken cancel)
    {
        if (clock.Now.DayOf(claim.At) == claim.Started && !claim.SentAgain) await enrolments.StartAsync(id, claim, cancel);
    }

    private async Task<OutreachOutcome> PutBackAsync(CustomerId id, OutreachMessage message, Unavailable why)
    {
        if (clock.Now.Instant - message.QueuedAt > PutBackFor)
        {
            LogLeft(log, id, message.Campaign, message.Step, why.Reason);
            return OutreachOutcome.LeftToNextScan;
        }
        await queue.SendAsync(message with { Attempt = message.Attempt + 1 }, why.Pause(message.Attempt), CancellationToken.None);
        LogPutBack(log, id, message.Campaign, message.Step, why.Reason);
        return OutreachOutcome.PutBack;
    }

    /// <summary>
    /// Completes claims whose claimer died: as recorded when there is a record, else as uncertain.
    /// </summary>
    /// <returns>Whether anything changed.</returns>
    private async Task<bool> SettleAsync(CustomerFile file, CancellationToken cancel)
    {
        var settled = false;
        foreach (var claim in file.Customer.StaleClaims(options.ClaimTimeout, clock.Now.Instant))
        {
            var id = file.Customer.Id;
            var campaign = (await catalog.ForAsync(file.Customer, cancel)).Of(claim);
            var messageClass = campaign?.Class ?? (file.Customer.Marketing == claim ? MessageClass.Marketing : MessageClass.Service);
            // An older record of the same step is of the attempt before; so is one by hand, whatever the owner's clock says.
            var record = await outreach.FindAsync(id, claim.Campaign, claim.Anchor, claim.Step, cancel);
            if (record is null || record.At < claim.At || record.State == StepState.DueAgain)
            {
                record = new OutreachRecord(
                    id, claim.Campaign, claim.Anchor, claim.Step, StepState.Uncertain, claim.At, null, "the app stopped while it was being sent");
                await outreach.RecordAsync(record, cancel);
                LogUncertain(log, id, claim.Campaign, claim.Step, record.Problem!);
            }
            await StartAsync(id, claim, cancel);
            await CompleteAsync(id, messageClass, campaign, claim, record.State, record.Problem, record.At, cancel);
            settled = true;
        }
        return settled;
    }

    /// <summary>What was said about the mailbox holds even when it did not reach this customer's row yet.</summary>
    private async Task<string?> StopAsync(CustomerFile file, MessageClass messageClass, CancellationToken cancel)
    {
        if (file.Profile.MailboxKey is not { } key || await mailboxes.FindAsync(key, cancel) is not { } mailbox) return null;
        if (mailbox.Suppression is { } suppression) return suppression.Why;
        return (messageClass == MessageClass.Marketing ? mailbox.OptedOutAt : mailbox.ServiceOptedOutAt) is null ? null : "the mailbox opted out";
    }

    private OutreachOutcome Drop(CustomerId id, OutreachMessage message, string why)
    {
        LogDropped(log, id, message.Campaign, message.Step, why);
        signals.MailDropped(message.Campaign, message.Step);
        return OutreachOutcome.Dropped;
    }

    [LoggerMessage(2000, LogLevel.Information, "Customer {Customer}: {Campaign} {Step} handed over")]
    private static partial void LogSent(ILogger logger, CustomerId customer, string campaign, string step);

    [LoggerMessage(2001, LogLevel.Information, "Customer {Customer}: {Campaign} {Step} is not due any more: {Why}")]
    private static partial void LogDropped(ILogger logger, CustomerId customer, string campaign, string step, string why);

    [LoggerMessage(2002, LogLevel.Error, "Customer {Customer}: {Campaign} {Step} failed: {Why}")]
    private static partial void LogFailed(ILogger logger, CustomerId customer, string campaign, string step, string why);

    [LoggerMessage(2003, LogLevel.Warning, "Customer {Customer}: {Campaign} {Step} is uncertain: {Why}")]
    private static partial void LogUncertain(ILogger logger, CustomerId customer, string campaign, string step, string why);

    [LoggerMessage(2004, LogLevel.Warning, "Customer {Customer}: {Campaign} {Step} is put back: {Why}")]
    private static partial void LogPutBack(ILogger logger, CustomerId customer, string campaign, string step, string why);

    [LoggerMessage(2005, LogLevel.Warning, "Customer {Customer}: {Campaign} {Step} is left to the next scan: {Why}")]
    private static partial void LogLeft(ILogger logger, CustomerId customer, string campaign, string step, string why);
}
