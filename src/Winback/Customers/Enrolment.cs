using System.Globalization;
using Winback.Campaigns;

namespace Winback.Customers;

/// <summary>What makes an enrolment "this time": the last visit it lapsed from, or a subscription and the period that ends.</summary>
/// <param name="Subject">Empty for a lapse; the subscription's number for a renewal.</param>
/// <param name="Date">The last visit; or the renewal date.</param>
public readonly record struct Anchor(string Subject, DateOnly Date)
{
    /// <summary>A renewal date that moves by less than this many days is a correction, not a new period.</summary>
    public const int SamePeriodDays = 15;

    public bool IsSamePeriodAs(Anchor other) =>
        Subject == other.Subject && Math.Abs(Date.DayNumber - other.Date.DayNumber) < SamePeriodDays;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Subject.Length == 0 ? "" : Subject + "@")}{Date:yyyy-MM-dd}");
}

/// <summary>How far the latest step of an enrolment is.</summary>
public enum StepState
{
    /// <summary>About to be handed to the provider, or put on the call sheet; the claim forbids a second attempt.</summary>
    Claimed,

    /// <summary>The provider accepted it; a call: it is on the call sheet.</summary>
    HandedOver,

    /// <summary>No answer came: it may or may not have been sent.</summary>
    Uncertain,

    /// <summary>Surely not sent, and trying again would not help.</summary>
    Failed,

    /// <summary>Failed or uncertain, and to be sent (again): what refused it has changed, or the owner says so.</summary>
    DueAgain,
}

/// <summary>One customer in one campaign for one anchor, as it stands on the customer row.</summary>
/// <param name="Version">Content hash of the campaign that decided.</param>
/// <param name="Started">The owner's local day of the first claim.</param>
/// <param name="Step">The latest step that was claimed.</param>
/// <param name="At">Since when it is in that state.</param>
/// <param name="ClaimId">Whose claim it is, so that only the claimer completes it.</param>
/// <param name="SentAgain">An uncertain step is sent once more, as its campaign's policy or the owner allows: it may reach the customer twice.</param>
/// <param name="Problem">Why it failed or is uncertain.</param>
/// <param name="Ended">Why it is over: finished, purchase, reply, opt-out. Null while it is active.</param>
/// <param name="IsProven">Claimed, and the provider told of the mail before its sender recorded what became of it.</param>
public sealed record Enrolment(
    string Campaign, string Version, Anchor Anchor, DateOnly Started, string Step, StepState State, DateTimeOffset At, string ClaimId,
    bool SentAgain = false, string? Problem = null, string? Ended = null, bool IsProven = false)
{
    /// <summary>That of the step.</summary>
    public Channel Channel { get; init; }

    public bool IsActive => Ended is null;
}

/// <summary>Why an enrolment is over.</summary>
public static class EnrolmentEnd
{
    public const string Finished = "finished";
    public const string Purchase = "purchase";
    public const string Reply = "reply";
    public const string OptOut = "opt-out";
}
