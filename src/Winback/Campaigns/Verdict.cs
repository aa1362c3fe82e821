using Winback.Customers;

namespace Winback.Campaigns;

/// <summary>The rule's answer for one customer and one campaign.</summary>
public abstract record Verdict(string Campaign, string Detail);

/// <summary>This step is to be sent, or put on the call sheet, now.</summary>
/// <param name="Version">Of the campaign that decided: the present one, or the one that the enrolment runs under.</param>
/// <param name="IsNew">It starts an enrolment.</param>
public sealed record Due(string Campaign, string Version, Step Step, Anchor Anchor, bool IsNew, string Detail) : Verdict(Campaign, Detail);

/// <summary>Will be due by itself: a closed window, the time between two steps.</summary>
public sealed record Waiting(string Campaign, string Detail) : Verdict(Campaign, Detail);

/// <summary>Gets nothing, and why.</summary>
public sealed record Excluded(string Campaign, ExclusionReason Reason, string Detail) : Verdict(Campaign, Detail);
