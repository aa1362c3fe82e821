using Winback.Customers;
using Winback.Replies;

namespace Winback.Pages;

/// <summary>Hands what was said on a page to the conversation, as a reply to the mail in which the link stood.</summary>
internal sealed class PageReplies(IReplyStore replies, OwnerClock clock)
{
    /// <summary>The same form posted again is the same reply.</summary>
    /// <param name="askedOn">The local day on which the form was shown: filled in anew on another day it is said anew.</param>
    public async Task TakeAsync(Visit visit, Said said, DateOnly askedOn, CancellationToken cancel)
    {
        var subject = visit.Purpose.ToString().ToLowerInvariant();
        var id = Reply.IdOf($"page\0{subject}\0{visit.Link.Outreach}\0{askedOn:O}\0{said.Reading.Reason}\0{said.Text}", "", "", "");
        await replies.TryAddAsync(new Reply(id, visit.Owner.Customer, visit.Owner.Campaign, visit.Owner.Step, clock.Now.Instant, false, subject, said.Text), cancel);
    }
}
