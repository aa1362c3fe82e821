using Winback.Customers;
using Winback.Outreach;

namespace Winback.Replies;

/// <summary>Whose a reply is, and what told.</summary>
public sealed record ReplyMatch(CodeOwner? Owner, MatchedBy By);

/// <summary>Finds out whose a mail is: by the signature in our reply address, else by the mail that it answers, else by a sender whom one customer alone can be.</summary>
public sealed class ReplyMatcher(Links links, ICodeStore codes, IMailboxStore mailboxes, MailboxKeys keys)
{
    private const int MaxRecipients = 1000;

    /// <param name="recipients">Where it was sent to.</param>
    /// <param name="references">Message ids without angle brackets.</param>
    /// <param name="from">The writer's address; null when there is none.</param>
    public async Task<ReplyMatch> FindAsync(IEnumerable<string> recipients, IEnumerable<string> references, string? from, CancellationToken cancel)
    {
        foreach (var recipient in recipients.Take(MaxRecipients))
        {
            if (EmailAddress.TryParse(recipient, out var address, out _) && links.TryReadReplyAddress(address, out var outreach)
                && await codes.FindAsync(CodeKind.Reply, outreach.Value, cancel) is { } owner)
            {
                return new ReplyMatch(owner, MatchedBy.Token);
            }
        }
        foreach (var reference in references)
        {
            if (OutreachId.TryRead(reference, out var outreach) && await codes.FindAsync(CodeKind.Reply, outreach.Value, cancel) is { } owner)
                return new ReplyMatch(owner, MatchedBy.Reference);
        }
        if (EmailAddress.TryParse(from, out var sender, out _) && await mailboxes.FindAsync(keys.KeyOf(sender), cancel) is { Owners: [var only] })
            return new ReplyMatch(new CodeOwner(CustomerId.Parse(only)), MatchedBy.Sender);
        return new ReplyMatch(null, MatchedBy.None);
    }
}
