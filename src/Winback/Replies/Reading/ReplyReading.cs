using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Winback.Replies.Reading;

/// <summary>Why a customer stayed away, in the three answers that ask for different things.</summary>
[JsonConverter(typeof(LabelConverter<Reason>))]
public enum Reason
{
    None,
    Forgot,
    Dissatisfied,
    SituationChanged,
}

/// <summary>What lies behind the <see cref="Reason"/>; see <see cref="SubReasons"/> for which belongs to which.</summary>
[JsonConverter(typeof(LabelConverter<SubReason>))]
public enum SubReason
{
    None,
    OutOfSight,
    Threshold,
    NoTime,
    Price,
    Competitor,
    Service,
    Quality,
    Delivery,
    Billing,
    Moved,
    Family,
    Job,
    Health,
    Deceased,
    BusinessClosed,
    TakenOver,
    NoLongerNeeded,
}

/// <summary>What a customer asks for or offers; several may hold at once.</summary>
[JsonConverter(typeof(LabelConverter<Intent>))]
public enum Intent
{
    /// <summary>Wants to buy, book or renew, also on a condition.</summary>
    Return,
    Unsubscribe,

    /// <summary>Names somebody, or offers to pass it on.</summary>
    Refer,
    Question,
    Thanks,

    /// <summary>Bought recently, so our records are behind.</summary>
    AlreadyCustomer,
    EraseData,
    CallMe,
}

/// <summary>A mail to be read. Missing parts are empty.</summary>
/// <param name="Headers">The raw header lines.</param>
/// <param name="Text">The whole body: plain text, or HTML where there is nothing else.</param>
public sealed record IncomingReply(string Subject, string Headers, string Text);

/// <summary>What a reply says.</summary>
/// <param name="Reply">The new text: without quoted original, signature, phone footer and disclaimer.</param>
/// <param name="Automatic">Sent by a machine; then there is neither reason nor intent.</param>
/// <param name="Confidence">By label (<c>automatic</c>, <c>reason</c> and each intent): 0 to 1. It orders readings; it is no probability.</param>
/// <param name="Evidence">By label: the words it rests on.</param>
public sealed record ReplyReading(
    string Reply, bool Automatic, Reason Reason, SubReason SubReason, ImmutableArray<Intent> Intents,
    ImmutableSortedDictionary<string, double> Confidence, ImmutableSortedDictionary<string, ImmutableArray<string>> Evidence)
{
    /// <summary>Of an absence notice that names the day, with its year, on which its sender is back.</summary>
    public DateOnly? ReturnDate { get; init; }

    /// <summary>What it comes to in the words of the labels, such as <c>dissatisfied (price)</c>, <c>call-me</c>; empty when nothing could be read.</summary>
    public IEnumerable<string> Findings() =>
        (Reason == Reason.None ? [] : new[] { SubReason == SubReason.None ? Labels.Of(Reason) : $"{Labels.Of(Reason)} ({Labels.Of(SubReason)})" }).Concat(Intents.Select(i => Labels.Of(i)));

    /// <summary>What was said outright, by a button or to the owner: there is nothing to doubt.</summary>
    public static ReplyReading Given(string text, Reason reason, SubReason sub = SubReason.None, params ReadOnlySpan<Intent> intents)
    {
        if (sub != SubReason.None) reason = SubReasons.ReasonOf(sub);
        var confidence = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        confidence["automatic"] = confidence["reason"] = 1;
        foreach (var intent in intents) confidence[Labels.Of(intent)] = 1;
        return new ReplyReading(
            text, false, reason, sub, [.. intents.ToArray().Distinct().Order()], confidence.ToImmutable(), ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty);
    }
}

public static class SubReasons
{
    public static Reason ReasonOf(SubReason sub) => sub switch
    {
        SubReason.None => Reason.None,
        <= SubReason.NoTime => Reason.Forgot,
        <= SubReason.Billing => Reason.Dissatisfied,
        _ => Reason.SituationChanged,
    };
}
