using Winback.Campaigns;
using Winback.Customers;
using Winback.Mail;
using Winback.Replies;
using Winback.Replies.Answers;

namespace Winback.Referrals;

/// <summary>
/// Asks a friend by mail whether it was them who signed up: the one mail that the app sends to friends. It is claimed on the row of the mailbox, as a
/// customer's mails are on the customer's: killed anywhere, it goes once or not at all, whoever else signs the same friend up.
/// </summary>
public sealed partial class FriendAsker(
    IReferralStore referrals, IMailboxStore mailboxes, ICustomerStore customers, IReplyQueues queues, IMailSender sender, FriendMails mails, ReferralOptions options, EngineOptions engine,
    OwnerClock clock, ILogger<FriendAsker> log)
{
    public async Task AskAsync(CustomerId referrer, string friendKey, FollowUpMessage message, CancellationToken cancel)
    {
        if (await referrals.FindAsync(referrer, friendKey, cancel) is not { Referral: { Asked: null, Email: not null } referral }) return;
        var now = clock.Now;
        var mailbox = await mailboxes.FindAsync(friendKey, cancel);
        var before = mailbox?.Asked;
        if (before?.To == referral.Id)
        {
            if (now.Instant - before.At < engine.ClaimTimeout) await queues.SendAsync(message, FollowUpSender.SomewhatLater, cancel); // somebody is sending it
            else await RecordAsync(referral, AnswerState.Uncertain, "the app stopped while it was being sent");
            return;
        }
        if ((FriendRule.WhyNot(referral, mailbox, now.Instant) ?? await WhyNotAsync(referral, cancel)) is { } why)
        {
            await RecordAsync(referral, AnswerState.Skipped, why);
            return;
        }
        var mail = mails.Compose(referral, await customers.FindAsync(referrer, cancel), now.Today);
        var claim = new Answered(referral.Id, now.Instant, Guid.NewGuid().ToString("n"));
        var claimed = await mailboxes.UpdateAsync(
            friendKey, m => m.Asked == before && FriendRule.WhyNot(referral, m, now.Instant) is null ? m with { Asked = claim } : m, cancel);
        // Equal, not the same: storage may have written it and its answer got lost.
        if (claimed.Asked != claim)
        {
            // Something came in between: asked again.
            await queues.SendAsync(message, FollowUpSender.AtOnceAgain, cancel);
            return;
        }
        switch (await sender.SendAsync(mail))
        {
            case Accepted:
                await RecordAsync(referral, AnswerState.HandedOver, null);
                break;
            case Refused refused:
                await RecordAsync(referral, AnswerState.Failed, refused.Reason);
                break;
            case Unavailable away:
                await mailboxes.UpdateAsync(friendKey, m => m.Asked == claim ? m with { Asked = before } : m, CancellationToken.None);
                await queues.SendAsync(message with { Attempt = message.Attempt + 1 }, away.Pause(message.Attempt), CancellationToken.None);
                LogPutBack(log, referral.Id, away.Reason);
                break;
            case Unknown unknown:
                await RecordAsync(referral, AnswerState.Uncertain, unknown.Reason);
                break;
        }
    }

    /// <summary>Of those who sign up at once more than the cap may get past it, but none of them is mailed.</summary>
    private async Task<string?> WhyNotAsync(Referral referral, CancellationToken cancel) =>
        await referrals.OfAsync(referral.Referrer, cancel).CountAsync(f => referral.IsAfter(f.Referral) && f.Referral.ReceivedAt > referral.ReceivedAt - options.ValidFor, cancel)
            >= SignUp.MaxPerCustomer ? "too many friends had signed up under this code" : null;

    private async Task RecordAsync(Referral referral, AnswerState state, string? problem)
    {
        var asked = new FriendAsked(state, clock.Now.Instant, problem);
        await referrals.UpdateAsync(referral.Referrer, referral.FriendKey, r => r.Asked is null ? r with { Asked = asked } : r, CancellationToken.None);
        LogAsked(log, referral.Id, state, problem ?? "");
    }

    [LoggerMessage(3030, LogLevel.Information, "Referral {Referral}: the mail that asks the friend {State} {Problem}")]
    private static partial void LogAsked(ILogger logger, string referral, AnswerState state, string problem);

    [LoggerMessage(3031, LogLevel.Warning, "Referral {Referral}: the mail that asks the friend is put back: {Why}")]
    private static partial void LogPutBack(ILogger logger, string referral, string why);
}
