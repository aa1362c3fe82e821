using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Winback.Customers;

namespace Winback.Campaigns;

/// <summary>Which subscription a renewal reminder is about, and which step its days left ask for. Pure.</summary>
public static class Renewal
{
    /// <summary>At least so many days between two renewal mails, except before the last step.</summary>
    public const int DaysBetweenMails = 2;

    /// <summary>The subscription with the earliest end still to come that may be reminded of; else why there is none.</summary>
    public static bool TryFind(
        ImmutableArray<Subscription> subscriptions, RenewalAudience audience, DateOnly today,
        [NotNullWhen(true)] out Subscription? subscription, out ExclusionReason reason, out string why)
    {
        subscription = null;
        (reason, why) = (ExclusionReason.NoSuchSubject, "");
        DateOnly? lastEnd = null;
        foreach (var s in subscriptions)
        {
            if (s.AutoRenews && !audience.IncludeAutoRenewing)
                (reason, why) = (ExclusionReason.Active, $"{s.Number} renews by itself");
            else if (s.RenewalDate <= today)
                lastEnd = lastEnd is null || s.RenewalDate > lastEnd ? s.RenewalDate : lastEnd;
            else if (subscriptions.Any(later => later.Plan == s.Plan && later.Number != s.Number && later.RenewalDate > s.RenewalDate))
                (reason, why) = (ExclusionReason.Active, $"{s.Number} is renewed ahead");
            else if (subscription is null || s.RenewalDate < subscription.RenewalDate)
                subscription = s;
        }
        if (reason == ExclusionReason.NoSuchSubject)
            why = lastEnd is { } end ? string.Create(CultureInfo.InvariantCulture, $"subscription ended on {end:yyyy-MM-dd}") : "no subscription";
        return subscription is not null;
    }

    /// <summary>The step whose window the days left are in: from its own day down to the day before the next step's.</summary>
    public static int StepFor(Campaign campaign, int daysLeft)
    {
        var index = campaign.Steps.Length - 1;
        while (index > 0 && campaign.Steps[index].Days < daysLeft) index--;
        return index;
    }
}
