using Winback.Campaigns;
using Winback.Customers;
using Winback.Mail;
using Winback.Referrals;
using Winback.Replies.Reading;

namespace Winback.Replies.Answers;

/// <summary>
/// Sends what follows from a reply: first the owner's mail, then the answer to the customer, and the invitation back after a solved complaint.
/// The answer is claimed on the customer row, as a campaign's step is: killed anywhere, it goes once or not at all. The owner's mail may come twice.
/// </summary>
public sealed partial class FollowUpSender(
    IReplyStore replies, ICustomerStore customers, IMailboxStore mailboxes, IReplyQueues queues, IMailSender sender, AnswerComposer composer, OwnerMails ownerMails,
    FriendAsker friends, Conversation conversation, ReplyOptions options, EngineOptions engine, OwnerClock clock, ILogger<FollowUpSender> log)
{
    /// <summary>Never two automatic answers to one customer within it.</summary>
    public static readonly TimeSpan OnceIn = TimeSpan.FromHours(24);

    /// <summary>An answer by itself that comes later than this looks odd.</summary>
    private static readonly TimeSpan NotAfter = TimeSpan.FromDays(3);

    /// <summary>So often the owner's mail is tried again where nobody knows whether it left, and an account manager whose mailbox takes none.</summary>
    private const int OwnerRetries = 3;

    /// <summary>Until somebody else may be done with the same.</summary>
    public static readonly TimeSpan SomewhatLater = TimeSpan.FromMinutes(1);

    /// <summary>Until a claim that was lost is tried again.</summary>
    public static readonly TimeSpan AtOnceAgain = TimeSpan.FromSeconds(5);

    public async Task HandleAsync(FollowUpMessage message, CancellationToken cancel)
    {
        CustomerId? id = message.Customer is null ? null : CustomerId.Parse(message.Customer);
        if (id is { } referrer && message.Friend is { } friend)
        {
            await friends.AskAsync(referrer, friend, message, cancel);
            return;
        }
        if (message.Reply is not { } replyId || await replies.FindAsync(id, replyId, cancel) is not { Reply: { Standing: not null } reply }) return;
        // Broken off, or under way at this moment: what is sent must rest on how the customer stands after it.
        if (reply.Unfollowed && id is { } whose) await conversation.RestateAsync(whose, cancel);
        var file = id is null ? null : await customers.FindAsync(id.Value, cancel);
        if (reply.IsOpen && reply.OwnerMailedAt is null)
        {
            if (!await TryClaimOwnerMailAsync(reply, cancel))
            {
                // Somebody is sending it.
                await queues.SendAsync(message, SomewhatLater, cancel);
                return;
            }
            if (await MailOwnerAsync(file, reply, isEscalation: false, message.Attempt, cancel) is Unavailable away)
            {
                await PutBackAsync(message, away);
                return;
            }
            // That took its time; meanwhile the owner may have corrected it.
            if (await replies.FindAsync(id, replyId, cancel) is not { Reply: { Standing: not null } current }) return;
            reply = current;
        }
        if (file is null) return; // nobody to answer
        // Of a page the reader has the answer before their eyes; on the telephone a human being gave it.
        var answers = (reply.Road is Road.Mail or Road.Api && !reply.IsBulk) || (reply.Road == Road.Page && reply.FollowUp.OpensCase);
        if (answers && options.AnswerByItself && reply.Answer is null && reply.FollowUp.Answer is { } kind)
            await AnswerAsync(message, reply, kind, (r, answer) => r.Answer is null ? r with { Answer = answer } : r, cancel);
        if (reply.AwaitsInvitation)
            await AnswerAsync(message, reply, AnswerKind.Invitation, (r, answer) => r.Invitation is null ? r with { Invitation = answer } : r, cancel);
    }

    private async Task<bool> TryClaimOwnerMailAsync(Reply reply, CancellationToken cancel)
    {
        var (now, tries, isOurs) = (clock.Now.Instant, 0, false);
        await replies.UpdateAsync(
            reply.Customer, reply.Id,
            r =>
            {
                // When storage's answer gets lost, the second look finds our own claim.
                isOurs = r.OwnerMailedAt is null && ((tries++ > 0 && r.OwnerClaimedAt == now) || !(now - r.OwnerClaimedAt < engine.ClaimTimeout));
                return isOurs ? r with { OwnerClaimedAt = now } : r;
            },
            cancel);
        return isOurs;
    }

    /// <summary>Tells the owner, or whoever looks after this customer: an account manager who cannot be reached must not hide a complaint from the owner.</summary>
    /// <param name="attempt">How often it was put back before.</param>
    /// <returns>What the provider said; unavailable when it is to be tried again.</returns>
    public async Task<SendResult> MailOwnerAsync(CustomerFile? file, Reply reply, bool isEscalation, int attempt, CancellationToken cancel)
    {
        var to = ownerMails.RecipientsOf(file, isEscalation);
        var result = await sender.SendAsync(ownerMails.Compose(file, reply, isEscalation, to[0], clock.Now));
        if (to.Count > 1 && (result is Refused || (result is Unavailable && attempt >= OwnerRetries)))
            result = await sender.SendAsync(ownerMails.Compose(file, reply, isEscalation, to[1], clock.Now));
        if (result is Unknown uncertain && !isEscalation && attempt < OwnerRetries) result = new Unavailable(uncertain.Reason);
        var now = clock.Now.Instant;
        if (result is Refused or Unknown) LogOwner(log, reply.Id, result is Refused refused ? refused.Reason : ((Unknown)result).Reason);
        // An answer that got lost again and again is no reason to go on mailing for ever: it counts as sent.
        Func<Reply, Reply> record = (isEscalation, result is Unavailable) switch
        {
            (false, false) => r => r with { OwnerMailedAt = r.OwnerMailedAt ?? now, OwnerClaimedAt = null },
            (false, true) => r => r with { OwnerClaimedAt = null },
            (true, false) => r => r with { EscalatedAt = r.EscalatedAt ?? now },
            (true, true) => r => r,
        };
        await replies.UpdateAsync(reply.Customer, reply.Id, record, CancellationToken.None);
        return result;
    }

    private async Task AnswerAsync(FollowUpMessage message, Reply reply, AnswerKind kind, Func<Reply, GivenAnswer, Reply> record, CancellationToken cancel)
    {
        var (id, what, now) = (reply.Customer!.Value, $"{reply.Id}/{Labels.Of(kind)}", clock.Now);
        if (await customers.FindAsync(id, cancel) is not { } file) return;
        if (file.Customer.Answered is { } claim && claim.To == what)
        {
            if (now.Instant - claim.At < engine.ClaimTimeout) await queues.SendAsync(message, SomewhatLater, cancel); // somebody is sending it
            else await RecordAsync(AnswerState.Uncertain, "the app stopped while it was being sent");
            return;
        }
        if (await WhyNotAsync(file, reply, kind, now, cancel) is { } why)
        {
            await RecordAsync(AnswerState.Skipped, why);
            return;
        }
        if (now.Instant - await LatestAnswerAsync(file, cancel) < OnceIn)
        {
            // An invitation can wait for the next round; an answer to what was said an hour ago cannot.
            if (kind != AnswerKind.Invitation) await RecordAsync(AnswerState.Skipped, "had an automatic answer within a day");
            return;
        }
        var mail = await composer.ComposeAsync(file, reply, kind, now, cancel);
        var ours = new Answered(what, now.Instant, Guid.NewGuid().ToString("n"));
        // Written after all when storage's answer gets lost: its library writes again, and is told that the row has changed.
        if (await customers.TryReplaceAsync(file, file.Customer with { Answered = ours }, file.Profile, cancel) is null
            && (await customers.FindAsync(id, cancel))?.Customer.Answered != ours)
        {
            // Something came in between: asked again.
            await queues.SendAsync(message, AtOnceAgain, cancel);
            return;
        }
        switch (await sender.SendAsync(mail))
        {
            case Accepted:
                await RecordAsync(AnswerState.HandedOver, null);
                break;
            case Refused refused:
                await RecordAsync(AnswerState.Failed, refused.Reason);
                break;
            case Unavailable away:
                await customers.UpdateAsync(id, c => c.Answered?.To == what ? c with { Answered = file.Customer.Answered } : c, CancellationToken.None);
                await PutBackAsync(message, away);
                break;
            case Unknown unknown:
                await RecordAsync(AnswerState.Uncertain, unknown.Reason);
                break;
        }

        async Task RecordAsync(AnswerState state, string? problem)
        {
            var at = clock.Now.Instant;
            await replies.UpdateAsync(reply.Customer, reply.Id, r => record(r, new GivenAnswer(kind, state, at, problem)), CancellationToken.None);
            LogAnswer(log, reply.Id, id, Labels.Of(kind), state, problem ?? "");
        }
    }

    /// <summary>When somebody of this mailbox had one: one mailbox is one person.</summary>
    private async Task<DateTimeOffset?> LatestAnswerAsync(CustomerFile file, CancellationToken cancel)
    {
        var answered = new List<DateTimeOffset?> { file.Customer.Answered?.At };
        if (file.Profile.MailboxKey is { } key && await mailboxes.FindAsync(key, cancel) is { } mailbox)
            foreach (var owner in mailbox.Owners.Remove(file.Customer.Id.Value))
                answered.Add((await customers.FindAsync(CustomerId.Parse(owner), cancel))?.Customer.Answered?.At);
        return answered.Max();
    }

    private async Task<string?> WhyNotAsync(CustomerFile file, Reply reply, AnswerKind kind, Moment now, CancellationToken cancel)
    {
        var (c, p) = (file.Customer, file.Profile);
        if (c.ErasedAt is not null || c.DeceasedAt is not null) return "nothing is sent any more";
        if (c.OptedOutAt is not null) return "opted out";
        if (c.Suppressed is { } suppressed) return suppressed;
        if (!c.HasUsableAddress || p.MailboxKey is null) return "no usable address";
        if (kind == AnswerKind.Invitation)
        {
            if (!c.MarketingPermission) return "gave no permission for marketing mail";
            if (c.ComplaintSince is not null) return "another complaint is open";
            if (c.LastVisit >= now.DayOf(reply.ReceivedAt)) return "came back already";
        }
        else if (kind != AnswerKind.Apology && c.ComplaintSince is not null)
        {
            return "a complaint is open";
        }
        else if (now.Instant - reply.ReceivedAt > NotAfter)
        {
            return "came in too long ago to be answered by itself";
        }
        var mailbox = await mailboxes.FindAsync(p.MailboxKey, cancel);
        return mailbox?.Suppression?.Why ?? (mailbox?.OptedOutAt is null ? null : "the mailbox opted out");
    }

    private async Task PutBackAsync(FollowUpMessage message, Unavailable why)
    {
        await queues.SendAsync(message with { Attempt = message.Attempt + 1 }, why.Pause(message.Attempt), CancellationToken.None);
        LogPutBack(log, message.Reply!, why.Reason);
    }

    [LoggerMessage(3010, LogLevel.Information, "Reply {Reply} of customer {Customer}: answer {Kind} {State} {Problem}")]
    private static partial void LogAnswer(ILogger logger, string reply, CustomerId customer, string kind, AnswerState state, string problem);

    [LoggerMessage(3011, LogLevel.Error, "Reply {Reply}: the mail to the owner may not have arrived: {Problem}")]
    private static partial void LogOwner(ILogger logger, string reply, string problem);

    [LoggerMessage(3012, LogLevel.Warning, "What follows from reply {Reply} is put back: {Why}")]
    private static partial void LogPutBack(ILogger logger, string reply, string why);
}
