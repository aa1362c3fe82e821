using System.Collections.Immutable;

namespace Winback.Campaigns;

/// <summary>What law and the customer's own choices distinguish.</summary>
public enum MessageClass
{
    /// <summary>Needs permission; under the frequency cap.</summary>
    Marketing,

    /// <summary>About a running subscription; goes until a service opt-out.</summary>
    Service,
}

/// <summary>Whom a campaign is for.</summary>
public abstract record Audience;

/// <summary>Customers without a visit for a number of calendar months.</summary>
/// <param name="Months">Lapsed when today is on or after the last visit plus this. 1 to 120.</param>
/// <param name="MaxMonths">Too long ago when today is after the last visit plus this. Default 36.</param>
/// <param name="IncludeSubscribers">Also customers with a running subscription. Default no.</param>
public sealed record InactiveAudience(int Months, int MaxMonths, bool IncludeSubscribers) : Audience;

/// <summary>Customers whose subscription is about to end.</summary>
/// <param name="IncludeAutoRenewing">Also subscriptions that renew by themselves. Default no.</param>
public sealed record RenewalAudience(bool IncludeAutoRenewing) : Audience;

/// <summary>One mail or one telephone call of a campaign.</summary>
/// <param name="Id">Also the name of its templates: <c>invitation</c> is <c>invitation.nl.md</c> and <c>invitation.en.md</c>.</param>
/// <param name="Days">Inactive: days after the step before (0 for the first). Renewal: days before the renewal date.</param>
/// <param name="Channel">Of a call, the templates hold what to say.</param>
public sealed record Step(string Id, int Days, Channel Channel = Channel.Mail);

/// <summary>When a campaign may send, in the owner's time zone. A closed window means waiting.</summary>
public sealed record SendWindow(ImmutableArray<DayOfWeek> Days, TimeOnly From, TimeOnly To)
{
    public static readonly SendWindow Always = new([.. Enum.GetValues<DayOfWeek>()], TimeOnly.MinValue, TimeOnly.MaxValue);

    public bool IsOpen(DateTime local) =>
        Days.Contains(local.DayOfWeek) && TimeOnly.FromDateTime(local) >= From && TimeOnly.FromDateTime(local) < To;
}

/// <summary>What a customer gets for coming back.</summary>
/// <param name="Text">Per language: nl, en.</param>
/// <param name="Evenings">The days on which it is valid; empty for every day.</param>
/// <param name="ValidDays">Calendar days from the day of the first step, that day not counted.</param>
public sealed record Offer(ImmutableDictionary<string, string> Text, ImmutableArray<DayOfWeek> Evenings, int ValidDays);

/// <summary>A campaign as its owner wrote it, checked.</summary>
/// <param name="Id">The name of its folder.</param>
/// <param name="Version">Hash of everything it says, templates included.</param>
/// <param name="Priority">Who goes first when several are due for one customer: the higher. Default 0.</param>
/// <param name="AttributionDays">A purchase within so many days after a contact is a win-back. Default 60.</param>
/// <param name="ReturnUrl">Where a mail's button leads; null for the owner's web site.</param>
/// <param name="SendAgainWhenUncertain">Service mail only: an uncertain step is sent once more.</param>
public sealed record Campaign(
    string Id, string Version, bool Enabled, int Priority, Audience Audience, ImmutableArray<Step> Steps, SendWindow Window,
    Offer? Offer, string? ReturnUrl, int AttributionDays, bool SendAgainWhenUncertain)
{
    public const int DefaultAttributionDays = 60;

    /// <summary>Since when its owner lets nothing of it be sent; null while it runs. Not part of what it says.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>What is new at the business, per language: nl, en; one or more sentences for {{news}}. Null for none.</summary>
    public ImmutableDictionary<string, string>? News { get; init; }

    public MessageClass Class => Audience is RenewalAudience ? MessageClass.Service : MessageClass.Marketing;

    /// <returns>-1 when there is no such step (any more).</returns>
    public int IndexOf(string step)
    {
        for (var i = 0; i < Steps.Length; i++)
            if (Steps[i].Id == step) return i;
        return -1;
    }
}
