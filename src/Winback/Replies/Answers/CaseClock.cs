using Winback.Customers;
using Winback.Mail;
using Winback.Telemetry;

namespace Winback.Replies.Answers;

/// <summary>
/// Looks at everything that is open: escalates complaints that are not solved in time, once each, and queues again what was not seen to,
/// such as an invitation that had to wait or a message that got lost.
/// </summary>
public sealed partial class CaseClock(
    IReplyStore replies, ICustomerStore customers, IReplyQueues queues, Conversation conversation, FollowUpSender followUps, ReplyOptions options, Signals signals,
    TimeProvider time, ILogger<CaseClock> log)
{
    /// <summary>A message that was not seen to for so long is taken for lost.</summary>
    private static readonly TimeSpan Lost = TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken cancel)
    {
        var (escalated, overdue) = (0, 0);
        await foreach (var reply in replies.OpenAsync(cancel))
        {
            if (IsLate(reply, options, time.GetUtcNow())) overdue++;
            try
            {
                if (await LookAtAsync(reply, cancel)) escalated++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One reply never keeps the others waiting.
                LogPassedOver(log, reply.Id, e);
            }
        }
        signals.CasesOverdue(overdue);
        if (escalated > 0) LogEscalated(log, escalated);
    }

    /// <returns>Whether it was escalated.</returns>
    private async Task<bool> LookAtAsync(Reply reply, CancellationToken cancel)
    {
        // Of what was read with all others, some are solved meanwhile.
        if (await replies.FindAsync(reply.Customer, reply.Id, cancel) is not { Reply: var current }) return false;
        reply = current;
        var now = time.GetUtcNow();
        if (reply.Unfollowed) await conversation.CompleteAsync(reply, cancel);
        if (IsLate(reply, options, now) && reply.EscalatedAt is null)
        {
            var file = reply.Customer is { } customer ? await customers.FindAsync(customer, cancel) : null;
            // While the provider is away the next round tries again.
            return await followUps.MailOwnerAsync(file, reply, isEscalation: true, attempt: 0, cancel) is not Unavailable;
        }
        var isLost = now - reply.ReceivedAt > Lost;
        if (reply.RawPost is not null && isLost) await queues.SendAsync(new ReadMessage(reply.Customer?.Value, reply.Id), cancel);
        else if (reply.AwaitsInvitation || (reply is { Standing: not null, OwnerMailedAt: null } && isLost))
            await queues.SendAsync(new FollowUpMessage(reply.Customer?.Value, reply.Id), TimeSpan.Zero, cancel);
        return false;
    }

    /// <summary>A complaint that is past its clock.</summary>
    public static bool IsLate(Reply reply, ReplyOptions options, DateTimeOffset now) => reply.IsOpenCase && now >= reply.CaseSince + options.SolveWithin;

    [LoggerMessage(3020, LogLevel.Warning, "{Count} complaints were not solved in time and are escalated")]
    private static partial void LogEscalated(ILogger logger, int count);

    [LoggerMessage(3021, LogLevel.Error, "Reply {Reply} could not be looked at and is passed over")]
    private static partial void LogPassedOver(ILogger logger, string reply, Exception exception);
}
