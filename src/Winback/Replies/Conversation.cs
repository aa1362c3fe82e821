using Winback.Campaigns;
using Winback.Customers;
using Winback.Telemetry;

namespace Winback.Replies;

/// <summary>Work: see to what follows from a reply, or from a friend's signing up.</summary>
/// <param name="Customer">Null for a reply of nobody.</param>
/// <param name="Reply">Null for a friend.</param>
/// <param name="Attempt">How often it was put back because the provider was away.</param>
/// <param name="Friend">The key of a friend whom the customer referred; null for a reply.</param>
public sealed record FollowUpMessage(string? Customer, string? Reply, int Attempt = 0, string? Friend = null);

/// <summary>Work: read a reply whose post is kept.</summary>
public sealed record ReadMessage(string? Customer, string Reply);

public interface IReplyQueues
{
    Task SendAsync(ReadMessage message, CancellationToken cancel);

    Task SendAsync(FollowUpMessage message, TimeSpan delay, CancellationToken cancel);
}

/// <summary>
/// The one door for what customers tell us, by whatever road. When a method returns, no mail that contradicts what was said is claimed any more;
/// the mails that follow from it are queued. Each may be repeated and changes nothing the second time.
/// </summary>
public sealed class Conversation(
    IReplyStore replies, IReplyQueues queues, ICustomerStore customers, OptOut optOut, CampaignCatalog catalog, ReplyOptions options, Signals signals,
    OwnerClock clock)
{
    /// <summary>Takes in a reply; with a <see cref="Reply.RawPost"/> it is read later, and until then counts as written by a human being.</summary>
    /// <param name="anchor">Of the enrolment that it answers, where that is known: for its trace.</param>
    /// <returns>False when it was there already.</returns>
    public async Task<bool> TakeAsync(Reply reply, CancellationToken cancel, Anchor? anchor = null)
    {
        reply = reply with
        {
            Class = reply.Class ?? await ClassOfAsync(reply.Campaign, anchor, cancel),
            Unfollowed = reply.RawPost is null,
        };
        var isNew = await replies.TryAddAsync(reply, cancel);
        if (isNew && (reply.Customer, reply.Campaign, anchor) is ({ } customer, { } campaign, { } answered))
            signals.Answered(customer, campaign, answered, reply.Road);
        if (isNew) await FollowAsync(reply, isChanged: true, cancel);
        // Stopped in between, a repeated post completes what is missing.
        else if (await replies.FindAsync(reply.Customer, reply.Id, cancel) is { } known && !(reply.Reading is null && known.Reply.Reading is not null))
            await FollowAsync(known.Reply, isChanged: false, cancel);
        return isNew;
    }

    /// <summary>What it says, now that it was read. Its post is needed no more.</summary>
    /// <param name="read">Sets what the reading tells; pure.</param>
    public async Task ReadAsync(CustomerId? customer, string id, Func<Reply, Reply> read, CancellationToken cancel)
    {
        if (await replies.UpdateAsync(customer, id, r => r.Reading is null ? read(r) : r, cancel) is { } reply) await FollowAsync(reply, isChanged: true, cancel);
    }

    /// <summary>The owner says how a reply is to be read: what followed from the reading before is taken back, but for mails that were sent.</summary>
    /// <returns>As it is now; null when it is not there or not read yet.</returns>
    public async Task<Reply?> CorrectAsync(CustomerId? customer, string id, Func<Reply, Reading.ReplyReading> correct, CancellationToken cancel)
    {
        var now = clock.Now.Instant;
        var reply = await replies.UpdateAsync(customer, id, r => r.Reading is null ? r : r.Corrected(correct(r), now) with { Unfollowed = true }, cancel);
        if (reply?.Reading is null) return null;
        await FollowAsync(reply, isChanged: true, cancel);
        return reply;
    }

    /// <summary>The owner is done with it; a complaint is solved. The first time counts.</summary>
    /// <param name="invitesBack">Of a complaint: the customer gets an invitation back.</param>
    /// <returns>As it is now; null when it is not there.</returns>
    public async Task<Reply?> HandleAsync(CustomerId? customer, string id, string? solution, bool invitesBack, CancellationToken cancel)
    {
        var now = clock.Now.Instant;
        var reply = await replies.UpdateAsync(
            customer, id,
            r => r.HandledAt is not null && (r.InvitesBack || !invitesBack) ? r : r with
            {
                HandledAt = r.HandledAt ?? now,
                Solution = r.Solution ?? (string.IsNullOrWhiteSpace(solution) ? null : Reply.Cut(solution.Trim(), Reply.MaxSubject)),
                InvitesBack = invitesBack || r.InvitesBack,
                Unfollowed = r.Customer is not null,
            },
            cancel);
        if (reply is { Customer: not null, Unfollowed: true }) await FollowAsync(reply, isChanged: true, cancel);
        return reply;
    }

    /// <summary>Completes what was broken off after a reply was written.</summary>
    public Task CompleteAsync(Reply reply, CancellationToken cancel) => FollowAsync(reply, isChanged: true, cancel);

    /// <summary>The owner knows whose a reply is. Who looks after that customer is told, whoever was told that nobody was known.</summary>
    /// <returns>The customer's reply; null when there is none of nobody with this id, or no such customer.</returns>
    public async Task<Reply?> AssignAsync(string id, CustomerId customer, CancellationToken cancel)
    {
        if (await replies.FindAsync(null, id, cancel) is not { Reply.Reading: not null } file || await customers.FindAsync(customer, cancel) is null) return null;
        var reply = file.Reply with
        {
            Customer = customer,
            MatchedBy = MatchedBy.Owner,
            OwnerClaimedAt = null,
            OwnerMailedAt = null,
            EscalatedAt = null,
            HandledAt = null,
            Solution = null,
        };
        await TakeAsync(reply, cancel);
        await replies.UpdateAsync(null, id, r => r.HandledAt is null ? r with { HandledAt = clock.Now.Instant, Solution = "assigned" } : r, cancel);
        return reply;
    }

    private async Task<MessageClass?> ClassOfAsync(string? campaign, Anchor? anchor, CancellationToken cancel) =>
        anchor is { } answered ? MessageClasses.Of(answered) : campaign is null ? null : (await catalog.CurrentAsync(cancel)).Find(campaign)?.Class;

    private async Task FollowAsync(Reply reply, bool isChanged, CancellationToken cancel)
    {
        if (reply.Customer is { } customer) await RestateAsync(customer, isChanged, cancel);
        if (reply.Reading is null) await queues.SendAsync(new ReadMessage(reply.Customer?.Value, reply.Id), cancel);
        else if (reply.HandledAt is null ? reply.FollowUp is { Answer: not null } or { Tasks.Length: > 0 } || reply.Customer is null : reply.AwaitsInvitation)
            await queues.SendAsync(new FollowUpMessage(reply.Customer?.Value, reply.Id), TimeSpan.Zero, cancel);
        if (!reply.Unfollowed) return;
        // What came in between has what follows from it before it yet.
        await replies.UpdateAsync(
            reply.Customer, reply.Id,
            r => r.Unfollowed && (r.CorrectedAt, r.HandledAt, r.InvitesBack) == (reply.CorrectedAt, reply.HandledAt, reply.InvitesBack) ? r with { Unfollowed = false } : r,
            cancel);
    }

    /// <summary>Puts on the customer row how they stand after all that they told us.</summary>
    public Task RestateAsync(CustomerId id, CancellationToken cancel) => RestateAsync(id, isChanged: false, cancel);

    /// <param name="isChanged">
    /// His replies did: then the row is written even if it stays as it is, so that whoever read them before that computes it again.
    /// </param>
    private async Task RestateAsync(CustomerId id, bool isChanged, CancellationToken cancel)
    {
        var standing = new Standing(options, clock.Zone);
        IReadOnlyList<Reply> all = [];
        string? mailbox = null;
        for (var i = 0; ; i++)
        {
            if (await customers.FindAsync(id, cancel) is not { } file) return;
            // After the row: a reply that comes meanwhile changes the row, and then this is done again.
            all = await replies.OfAsync(id, cancel).ToListAsync(cancel);
            mailbox = file.Profile.MailboxKey;
            var restated = standing.Of(file.Customer, all);
            if ((!isChanged && ReferenceEquals(restated, file.Customer)) || await customers.TryReplaceAsync(file, restated, file.Profile, cancel) is not null) break;
            if (i == CustomerStoreUpdates.MaxTries) throw CustomerStoreUpdates.TooBusy(id);
        }
        await OptAsync(id, mailbox, MessageClass.Marketing, all.Where(r => r.FollowUp.OptsOut), all, cancel);
        await OptAsync(id, mailbox, MessageClass.Service, all.Where(r => r.FollowUp.Erases || (r.FollowUp.OptsOut && r.Class == MessageClass.Service)), all, cancel);
    }

    private async Task OptAsync(
        CustomerId customer, string? mailbox, MessageClass messageClass, IEnumerable<Reply> saying, IReadOnlyList<Reply> all, CancellationToken cancel)
    {
        var said = saying.OrderBy(r => r.ReceivedAt).Select(r => r.Id).ToList();
        if (await customers.FindAsync(customer, cancel) is { } file && file.Customer.StoppedBy.TryGetValue(OptOut.StopOf(messageClass), out var by)
            && !said.Contains(by) && all.Any(r => r.Id == by))
        {
            var others = await optOut.LiftFromOthersAsync(mailbox, customer, messageClass, by, said.FirstOrDefault(), cancel);
            // What another of them said counts again.
            foreach (var other in others) await RestateAsync(other, isChanged: false, cancel);
            // Their own row last: until then it tells that there is something to lift.
            await optOut.LiftAsync(customer, messageClass, by, said.FirstOrDefault(), cancel);
        }
        if (said.Count > 0) await optOut.ApplyAsync(mailbox, customer, messageClass, said[0], cancel);
    }
}
