using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Winback.Replies.Reading;

namespace Winback.Replies;

/// <summary>Which mail a customer gets in answer, by itself.</summary>
[JsonConverter(typeof(LabelConverter<AnswerKind>))]
public enum AnswerKind
{
    /// <summary>To a complaint: a sincere apology, no coupon.</summary>
    Apology,

    /// <summary>To who wants to be called.</summary>
    CallBack,

    /// <summary>To who forgot us or wants to come back: the easiest way.</summary>
    WayBack,

    /// <summary>To whose situation changed: thanks, and whether they know somebody.</summary>
    Thanks,

    /// <summary>To illness and family matters: thanks, and no question at all.</summary>
    Sympathy,

    /// <summary>After a solved complaint, when the owner wants it: an invitation back.</summary>
    Invitation,
}

/// <summary>What the owner has to do about a reply.</summary>
[JsonConverter(typeof(LabelConverter<OwnerTask>))]
public enum OwnerTask
{
    /// <summary>A complaint, with a clock.</summary>
    Solve,
    Call,
    Answer,

    /// <summary>They named somebody or offered to; the app never writes to whom they named.</summary>
    Referral,

    /// <summary>They bought, and our records do not know.</summary>
    CorrectRecords,

    /// <summary>They asked to be erased; by law within a month.</summary>
    Erase,

    /// <summary>They have died; to be noted in the owner's own files.</summary>
    NoteDeath,
}

/// <summary>What follows from a reply. Pure.</summary>
/// <param name="Stops">The sequence ends and nothing is sent for a while: a human being wrote.</param>
/// <param name="OptsOut">They want no more of such mail.</param>
/// <param name="Erases">They want to be forgotten: nothing is sent ever again.</param>
/// <param name="IsDeceased">Nothing is sent ever again.</param>
/// <param name="AsksAgain">May be asked again after a number of months, and not before.</param>
/// <param name="Answer">Null for none.</param>
/// <param name="Tasks">The most pressing first; empty when there is nothing to do.</param>
public sealed record FollowUp(
    bool Stops, bool OptsOut, bool Erases, bool IsDeceased, bool AsksAgain, AnswerKind? Answer, ImmutableArray<OwnerTask> Tasks)
{
    /// <summary>A reason less sure than this is shown to the owner, and nothing follows from it by itself.</summary>
    public const double SureEnough = 0.3;

    private static readonly FollowUp Nothing = new(false, false, false, false, false, null, []);

    private static readonly FollowUp OnlyStops = Nothing with { Stops = true };

    /// <summary>The owner is mailed at once, and a clock runs.</summary>
    public bool OpensCase => Tasks.Contains(OwnerTask.Solve);

    /// <param name="reading">Null while it was not read: then it counts as written by a human being.</param>
    public static FollowUp Of(ReplyReading? reading)
    {
        if (reading is null) return OnlyStops;
        if (reading.Automatic) return Nothing;
        var isSure = reading.Confidence.GetValueOrDefault("reason", 1) >= SureEnough;
        var (reason, sub) = isSure ? (reading.Reason, reading.SubReason) : (Reason.None, SubReason.None);
        var erases = reading.Intents.Contains(Intent.EraseData);
        var isDeceased = sub == SubReason.Deceased;
        var optsOut = reading.Intents.Contains(Intent.Unsubscribe);
        // Silently: who is dead or wants to be forgotten gets no thanks for it.
        if (erases || isDeceased)
            return OnlyStops with { Erases = erases, IsDeceased = isDeceased, OptsOut = erases || optsOut, Tasks = [erases ? OwnerTask.Erase : OwnerTask.NoteDeath] };
        var tasks = TasksOf(reading, reason);
        return new FollowUp(
            Stops: true, optsOut, Erases: false, IsDeceased: false, AsksAgain: reason == Reason.SituationChanged && !reading.Intents.Contains(Intent.Return),
            optsOut ? null : AnswerTo(reading, reason, sub), tasks);
    }

    /// <summary>Our pages promise that what is written there is read: if nothing else follows, a human being looks at it.</summary>
    public FollowUp WithReader() => Stops && Tasks.IsEmpty ? this with { Tasks = [OwnerTask.Answer] } : this;

    private static ImmutableArray<OwnerTask> TasksOf(ReplyReading reading, Reason reason)
    {
        var tasks = ImmutableArray.CreateBuilder<OwnerTask>();
        if (reason == Reason.Dissatisfied) tasks.Add(OwnerTask.Solve);
        if (reading.Intents.Contains(Intent.CallMe)) tasks.Add(OwnerTask.Call);
        if (reading.Intents.Contains(Intent.Question)) tasks.Add(OwnerTask.Answer);
        if (reading.Intents.Contains(Intent.AlreadyCustomer)) tasks.Add(OwnerTask.CorrectRecords);
        if (reading.Intents.Contains(Intent.Refer)) tasks.Add(OwnerTask.Referral);
        // Nothing we understand, and not just thanks: a human being should read it.
        if (tasks.Count == 0 && reason == Reason.None && reading.Intents.IsEmpty) tasks.Add(OwnerTask.Answer);
        return tasks.ToImmutable();
    }

    /// <summary>A question and a record that is wrong want a human answer, so no automatic one comes before it.</summary>
    private static AnswerKind? AnswerTo(ReplyReading reading, Reason reason, SubReason sub) => reason switch
    {
        Reason.Dissatisfied => AnswerKind.Apology,
        _ when reading.Intents.Contains(Intent.CallMe) => AnswerKind.CallBack,
        _ when reading.Intents.Contains(Intent.Question) || reading.Intents.Contains(Intent.AlreadyCustomer) => null,
        _ when reason == Reason.Forgot || reading.Intents.Contains(Intent.Return) => AnswerKind.WayBack,
        Reason.SituationChanged => sub is SubReason.Health or SubReason.Family ? AnswerKind.Sympathy : AnswerKind.Thanks,
        _ => null,
    };
}
