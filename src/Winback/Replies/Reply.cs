using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Replies.Reading;

namespace Winback.Replies;

/// <summary>By which road a customer told us something.</summary>
public enum Road
{
    /// <summary>Mail that came in at the webhook.</summary>
    Mail,

    /// <summary>Another mailbox, form or program, through <c>POST /api/replies</c>.</summary>
    Api,

    /// <summary>A page behind a link in our mail.</summary>
    Page,

    /// <summary>A telephone call, as the owner noted it.</summary>
    Phone,

    /// <summary>The mail server of the customer, in what it said when it refused our mail.</summary>
    Bounce,
}

/// <summary>What told whose it is, the surest first.</summary>
public enum MatchedBy
{
    /// <summary>Nobody knows whose it is.</summary>
    None,

    /// <summary>The sender has an address that one customer has.</summary>
    Sender,

    /// <summary>It names the mail that it answers.</summary>
    Reference,

    /// <summary>A signature of ours: in the reply address or the link; or whoever holds a key of the API.</summary>
    Token,

    /// <summary>The owner said so.</summary>
    Owner,
}

/// <summary>Something a customer told us, and what became of it.</summary>
/// <param name="Id">The same for a repeated post: from its Message-ID, else from its content. 32 hex digits.</param>
/// <param name="Customer">Null while nobody knows whose it is.</param>
/// <param name="Subject">At most 1,000 characters.</param>
/// <param name="Text">What was newly written, at most 30,000 characters; empty until it was read.</param>
public sealed record Reply(
    string Id, CustomerId? Customer, string? Campaign, string? Step, DateTimeOffset ReceivedAt, Road Road, string Subject, string Text)
{
    public const int MaxText = 30_000;
    public const int MaxSubject = 1000;

    /// <summary>Of each of the words that a reading rests on, and how many of them for each label: all go into one column.</summary>
    private const int MaxEvidence = 80;
    private const int MostEvidence = 5;

    public MatchedBy MatchedBy { get; init; }

    /// <summary>Of the mail that it answers, noted when it came in: campaigns change and go. Null where that is not known; then it may have been either.</summary>
    public MessageClass? Class { get; init; }

    /// <summary>It was taken in, corrected or handled, and what follows from that is not seen to yet.</summary>
    public bool Unfollowed { get; init; }

    /// <summary>The name under which the post is kept, until it was read and all that follows is under way; null when there is none (any more).</summary>
    public string? RawPost { get; init; }

    /// <summary>As it was read; null until then.</summary>
    public ReplyReading? Reading { get; init; }

    /// <summary>As the owner says it is to be read.</summary>
    public ReplyReading? Correction { get; init; }

    public DateTimeOffset? CorrectedAt { get; init; }

    /// <summary>Without angle brackets; of a mail.</summary>
    public string? MessageId { get; init; }

    /// <summary>On which they want to be called, where they typed it for that.</summary>
    public string? Phone { get; init; }

    /// <summary>It bears the marks of a mailing list or bulk mail: never answered by itself (RFC 3834 2).</summary>
    public bool IsBulk { get; init; }

    /// <summary>How many came with it; they are not kept.</summary>
    public int Attachments { get; init; }

    /// <summary>The answer that the app gave by itself.</summary>
    public GivenAnswer? Answer { get; init; }

    /// <summary>The invitation back that followed a solved complaint.</summary>
    public GivenAnswer? Invitation { get; init; }

    /// <summary>Since when somebody is sending the owner's mail; null when nobody is.</summary>
    public DateTimeOffset? OwnerClaimedAt { get; init; }

    /// <summary>When the owner's mail about it was handed over.</summary>
    public DateTimeOffset? OwnerMailedAt { get; init; }

    /// <summary>When it was reported as not solved in time.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>Of a complaint that a correction made of it: when; else its clock runs from when it came in.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When the owner was done with it; for a complaint: when it was solved.</summary>
    public DateTimeOffset? HandledAt { get; init; }

    /// <summary>The owner wants the customer invited back, now that the complaint is solved.</summary>
    public bool InvitesBack { get; init; }

    /// <summary>What the owner did, at most 1,000 characters.</summary>
    public string? Solution { get; init; }

    /// <summary>What holds: as corrected, else as read; null while it waits to be read.</summary>
    public ReplyReading? Standing => Correction ?? Reading;

    /// <summary>What is to follow from it.</summary>
    public FollowUp FollowUp => Road == Road.Page && Text.Length > 0 ? FollowUp.Of(Standing).WithReader() : FollowUp.Of(Standing);

    /// <summary>The owner has something to do about it.</summary>
    public bool IsOpen => HandledAt is null && (Customer is null ? Standing is not { Automatic: true } : FollowUp.Tasks.Length > 0);

    /// <summary>The app has something to do about it yet.</summary>
    public bool AwaitsInvitation => InvitesBack && Invitation is null && HandledAt is not null && FollowUp.OpensCase;

    /// <summary>A complaint that is not solved.</summary>
    public bool IsOpenCase => HandledAt is null && FollowUp.OpensCase;

    /// <summary>From when the clock of a complaint runs.</summary>
    public DateTimeOffset CaseSince => OpenedAt ?? ReceivedAt;

    /// <summary>As the owner says it is to be read. What was not sent yet because of the reading before is due anew; what was sent stays sent.</summary>
    public Reply Corrected(ReplyReading correction, DateTimeOffset at)
    {
        var corrected = this with { Correction = correction, CorrectedAt = at, HandledAt = null, Solution = null, InvitesBack = false };
        if (corrected.IsOpenCase && !IsOpenCase) corrected = corrected with { OpenedAt = at, EscalatedAt = null };
        if (corrected.FollowUp.Answer != FollowUp.Answer && Answer is { State: AnswerState.Skipped or AnswerState.Failed })
            corrected = corrected with { Answer = null };
        return corrected.FollowUp.Tasks.SequenceEqual(FollowUp.Tasks) ? corrected : corrected with { OwnerClaimedAt = null, OwnerMailedAt = null };
    }

    /// <summary>A reading as it can be kept: its text and the words it rests on cut.</summary>
    public static ReplyReading Kept(ReplyReading reading) => reading with
    {
        Reply = Cut(reading.Reply, MaxText),
        Evidence = reading.Evidence.SetItems(reading.Evidence.Select(
            e => KeyValuePair.Create(e.Key, e.Value.Distinct().Take(MostEvidence).Select(words => Cut(words, MaxEvidence)).ToImmutableArray()))),
    };

    /// <summary>The beginning of a text without half a character, which storage refuses.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length > length) text = char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>An id made of whatever makes it this reply and no other.</summary>
    public static string IdOf(params ReadOnlySpan<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts!))))[..32];
}

/// <summary>A mail that followed from a reply.</summary>
/// <param name="Problem">Why it was not sent, or may not have been.</param>
public sealed record GivenAnswer(AnswerKind Kind, AnswerState State, DateTimeOffset At, string? Problem = null);

/// <summary>What became of an automatic answer.</summary>
public enum AnswerState
{
    HandedOver,

    /// <summary>It may or may not have been sent; never sent again.</summary>
    Uncertain,

    /// <summary>Surely not sent; the provider refused it.</summary>
    Failed,

    /// <summary>Not sent, since something forbids it.</summary>
    Skipped,
}
