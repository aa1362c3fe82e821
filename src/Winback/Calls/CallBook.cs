using Winback.Campaigns;
using Winback.Customers;
using Winback.Intake;
using Winback.Replies;
using Winback.Replies.Reading;

namespace Winback.Calls;

/// <param name="IsNew">False when it was noted already.</param>
/// <param name="Reply">The reply that it became; null when the customer told nothing.</param>
public sealed record NotedCall(bool IsNew, Reply? Reply);

/// <summary>
/// Notes how calls went. What a customer said is a reply like any other, so the same follows from it; what was learned of how to reach him goes into
/// the customer file. The call is kept first, and the same note again completes what a stop left undone.
/// </summary>
public sealed class CallBook(
    ICustomerStore customers, IReplyStore replies, ICallStore calls, IEnrolmentStore enrolments, Attribution attribution, CustomerBook book,
    Conversation conversation, OwnerClock clock)
{
    /// <param name="note">Without <see cref="CallNote.Problems"/>.</param>
    /// <returns>Null when there is no such customer.</returns>
    public async Task<NotedCall?> NoteAsync(CustomerId customer, CallNote note, CancellationToken cancel)
    {
        if (await customers.FindAsync(customer, cancel) is not { } file) return null;
        var (outcome, now) = (note.As!.Value, clock.Now);
        var requests = CallRule.Requests(await replies.OfAsync(customer, cancel).ToListAsync(cancel)).ToList();
        var (call, isNew) = await AddAsync(file, note, requests, now, cancel);
        var correction = new ContactCorrection(outcome == CallOutcome.WrongNumber ? call.Number : null, note.Phone?.Trim(), note.Email?.Trim());
        // An older note that comes again takes nothing back of what a newer one said.
        if (correction != new ContactCorrection() && (isNew || !await calls.OfAsync(customer, cancel).AnyAsync(c => c.At > call.At, cancel)))
            await book.CorrectAsync(customer, correction, cancel);
        if (call.WasSpokenTo) await ContactAsync(file.Customer, call, cancel);
        var about = CallRule.OnSheet(file.Customer).FirstOrDefault() ?? file.Customer.Marketing;
        var reply = note.IsReply ? ReplyOf(call, note, requests.FirstOrDefault(), about) : null;
        if (reply is not null) await conversation.TakeAsync(reply, cancel, requests.Count == 0 ? about?.Anchor : null);
        foreach (var request in requests.Where(r => r.ReceivedAt < call.At && r.FollowUp.Tasks.All(IsDoneByCalling)))
        {
            if (call.WasSpokenTo || (outcome == CallOutcome.NoAnswer && CallRule.TriedSince(request.ReceivedAt, await calls.OfAsync(customer, cancel).ToListAsync(cancel)) is null))
                await conversation.HandleAsync(customer, request.Id, $"called: {Labels.Of(outcome)}", invitesBack: false, cancel);
        }
        return new NotedCall(isNew, reply);
    }

    /// <summary>The same note on a day is the same call, unless they asked for another since.</summary>
    private async Task<(Call Call, bool IsNew)> AddAsync(CustomerFile file, CallNote note, List<Reply> requests, Moment now, CancellationToken cancel)
    {
        var id = file.Customer.Id;
        var call = new Call(id, note.IdOn(id, now.Today), now.Today, now.Instant, note.As!.Value, CallRule.NumberOf(file.Profile, requests.FirstOrDefault()));
        var (known, isNew) = await calls.AddAsync(call, cancel);
        if (isNew) return (known, true);
        return requests.Find(r => r.ReceivedAt > known.At) is { } since ? await calls.AddAsync(call with { Id = Reply.IdOf(call.Id, since.Id) }, cancel) : (known, false);
    }

    /// <summary>A campaign's call is a contact from when it was made: what is bought from then on may be won back by it.</summary>
    private async Task ContactAsync(Customer customer, Call call, CancellationToken cancel)
    {
        if (customer.Marketing is not { Channel: Channel.Phone, State: StepState.HandedOver } enrolment || call.At < enrolment.At) return;
        await enrolments.ContactAsync(customer.Id, enrolment, call.At, cancel);
        await attribution.AttributeAsync(customer, cancel);
    }

    /// <summary>A complaint is not solved by a call alone, nor are records corrected by it: those stay open, and only leave the sheet.</summary>
    private static bool IsDoneByCalling(OwnerTask task) => task is OwnerTask.Call or OwnerTask.Answer;

    private static Reply ReplyOf(Call call, CallNote note, Reply? request, Enrolment? enrolment)
    {
        var reading = note.Reading;
        return new Reply(
            Reply.IdOf("phone", call.Id), call.Customer, request is null ? enrolment?.Campaign : request.Campaign, request is null ? enrolment?.Step : request.Step,
            call.At, Road.Phone, "", reading.Reply)
        {
            MatchedBy = MatchedBy.Owner,
            Reading = reading,
            // They were spoken to, and it left nothing to do.
            HandledAt = reading.Reason == Reason.None && reading.Intents.IsEmpty ? call.At : null,
        };
    }
}
