using Winback.Customers;
using Winback.Replies;
using Winback.Replies.Reading;

namespace Winback.Pages;

/// <summary>Hands what was said on a page to the conversation, as a reply to the mail in which the link stood.</summary>
internal sealed class PageReplies(Conversation conversation, OwnerClock clock)
{
    /// <summary>The same form posted again is the same reply.</summary>
    /// <param name="askedAt">When the form was shown: opened again and filled in anew it is said anew.</param>
    public Task TakeAsync(Visit visit, Said said, DateTimeOffset askedAt, CancellationToken cancel)
    {
        var page = visit.Purpose.ToString().ToLowerInvariant();
        var id = Reply.IdOf("page", page, visit.Link.Outreach.Value, $"{askedAt.UtcDateTime:O}", Labels.Of(said.Reading.Reason), said.Text);
        return conversation.TakeAsync(
            new Reply(id, visit.Owner.Customer, visit.Owner.Campaign, visit.Owner.Step, clock.Now.Instant, Road.Page, page, said.Text)
            {
                MatchedBy = MatchedBy.Token,
                Reading = said.Reading,
                Phone = said.Phone,
            },
            cancel, visit.Owner.Anchor);
    }
}
