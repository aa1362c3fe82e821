using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;
using Winback.Replies;
using Winback.Replies.Reading;
using Winback.Telemetry;

namespace Winback.MailEvents;

public enum MailEventOutcome
{
    Recorded,

    /// <summary>It was told before.</summary>
    Unchanged,

    /// <summary>It is about no mail that we know of.</summary>
    Ignored,
}

/// <summary>
/// Takes in what the provider tells of our mails. Each effect is a first or a last time, or a set, so events may come in any order and more than once
/// and end in one state; the event itself is recorded last, so one that was broken off is taken in anew.
/// </summary>
public sealed class MailEventBook(
    ICodeStore codes, IMailEventStore events, IOutreachStore outreach, ICustomerStore customers, Suppressions suppressions, OptOut optOut,
    Conversation conversation, MailboxKeys keys, Signals signals)
{
    public async Task<MailEventOutcome> TakeAsync(IncomingMailEvent incoming, CancellationToken cancel)
    {
        if (await codes.FindAsync(CodeKind.Reply, incoming.Outreach.Value, cancel) is not { Campaign: { } campaign, Step: { } step, Anchor: { } anchor } owner
            || OutreachId.Of(owner.Customer, campaign, anchor, step) != incoming.Outreach)
        {
            return MailEventOutcome.Ignored;
        }
        if (await events.ExistsAsync(owner.Customer, incoming.Outreach, incoming.Id, cancel)) return MailEventOutcome.Unchanged;
        var messageClass = MessageClasses.Of(anchor);
        if (incoming.Delivery is { } delivery)
        {
            // The record before the row: whoever settles the row's claim from now on finds it.
            await outreach.RecordAsync(owner.Customer, campaign, anchor, step, delivery, incoming.At, cancel);
            await customers.UpdateAsync(owner.Customer, c => c.Prove(messageClass, campaign, anchor, step), cancel);
        }
        await FollowAsync(incoming, owner.Customer, messageClass, cancel);
        // What is refused for now is told of the mail server, and not of anybody.
        if (incoming.Kind == MailEventKind.HardBounce && BounceReason.Of(incoming.Reason) is var (reason, why))
        {
            var said = new Reply(Reply.IdOf("bounce", incoming.Outreach.Value, incoming.Id), owner.Customer, campaign, step, incoming.At, Road.Bounce, "", incoming.Reason!)
            {
                MatchedBy = MatchedBy.Token,
                Class = messageClass,
                Reading = ReplyReading.Given(incoming.Reason!, reason, why),
            };
            await conversation.TakeAsync(said, cancel);
        }
        var isNew = await events.TryAddAsync(
            new MailEvent(incoming.Id, owner.Customer, campaign, step, incoming.Outreach, incoming.Kind, incoming.At, incoming.Reason), cancel);
        if (!isNew) return MailEventOutcome.Unchanged;
        signals.HeardOfMail(owner.Customer, campaign, anchor, step, incoming.Kind.Word());
        return MailEventOutcome.Recorded;
    }

    private async Task FollowAsync(IncomingMailEvent incoming, CustomerId customer, MessageClass messageClass, CancellationToken cancel)
    {
        var mailboxKey = incoming.Email is { } address ? keys.KeyOf(address) : null;
        if (incoming.News is { } news && mailboxKey is not null) await suppressions.HearAsync(mailboxKey, news, incoming.At, incoming.Id, cancel);
        // A complaint is an objection of the person, so it goes along to the next address; what a mailbox refuses does not.
        var complains = incoming.News == MailboxNews.Complaint;
        if (complains || incoming.IsOptOut) await StopAsync(MessageClass.Marketing);
        if (complains || (incoming.IsOptOut && messageClass == MessageClass.Service)) await StopAsync(MessageClass.Service);

        async Task StopAsync(MessageClass stopped)
        {
            // Without an address it is the one that they have now.
            var said = mailboxKey ?? (await customers.FindAsync(customer, cancel))?.Profile.MailboxKey;
            await optOut.ApplyAsync(said, customer, stopped, incoming.At, cancel);
        }
    }
}
