using Winback.Hosting;

namespace Winback.Calls;

/// <summary>Settings under <c>Calls</c>: who is on the call sheet beside those who asked to be called.</summary>
public sealed class CallOptions : ICheckedOptions
{
    /// <summary>
    /// From how much revenue on, in whole units of <c>Business__Currency</c>, a customer who answered none of a campaign's mails is to be called. 1 or
    /// more. Default none: nobody is. In several countries calling consumers to sell something needs their consent, so that is for you to switch on.
    /// </summary>
    public int? HighValue { get; set; }

    /// <summary>How long after the last mail of a campaign without an answer such a customer comes onto the sheet. 1 to 365 days. Default 14 days.</summary>
    public TimeSpan UnansweredFor { get; set; } = TimeSpan.FromDays(14);

    public IEnumerable<string> Problems()
    {
        if (HighValue < 1) yield return "Calls__HighValue: must be 1 or more; leave it out to call nobody for it";
        if (UnansweredFor < TimeSpan.FromDays(1) || UnansweredFor > TimeSpan.FromDays(365)) yield return "Calls__UnansweredFor: must be 1.00:00:00 to 365.00:00:00";
    }
}
