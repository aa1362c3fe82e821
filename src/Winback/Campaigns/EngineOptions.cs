using Winback.Customers;
using Winback.Hosting;

namespace Winback.Campaigns;

/// <summary>Settings under <c>Engine</c>: what holds over all campaigns.</summary>
public sealed class EngineOptions : ICheckedOptions
{
    /// <summary>The frequency cap: at least so long between two marketing enrolments of one mailbox. Whole days, 1 to 365. Default 14 days.</summary>
    public TimeSpan MarketingCap { get; set; } = TimeSpan.FromDays(14);

    /// <summary>A claim older than this that nobody completed is uncertain. 5 seconds to 1 day; more than the longest send. Default 10 minutes.</summary>
    public TimeSpan ClaimTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Ignore every campaign's send window, for trial. Default false.</summary>
    public bool IgnoreSendWindows { get; set; }

    /// <summary>At least so many days lie between two marketing enrolments of a customer, who may have asked for less.</summary>
    public int DaysBetween(Customer customer) => Math.Max(MarketingCap.Days, customer.MarketingEveryDays);

    public IEnumerable<string> Problems()
    {
        if (MarketingCap < TimeSpan.FromDays(1) || MarketingCap > TimeSpan.FromDays(365) || MarketingCap.Ticks % TimeSpan.TicksPerDay != 0)
            yield return "Engine__MarketingCap: must be whole days, 1.00:00:00 to 365.00:00:00";
        if (ClaimTimeout < TimeSpan.FromSeconds(5) || ClaimTimeout > TimeSpan.FromDays(1))
            yield return "Engine__ClaimTimeout: must be 00:00:05 to 1.00:00:00";
    }
}
