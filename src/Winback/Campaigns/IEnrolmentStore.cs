using Winback.Customers;

namespace Winback.Campaigns;

/// <summary>An enrolment as it is kept for good: the customer row holds only the latest.</summary>
/// <param name="WonBackOn">The first visit within the attribution window; null while there is none.</param>
/// <param name="Revenue">What was bought within the attribution window.</param>
public sealed record EnrolmentRecord(
    CustomerId Customer, string Campaign, Anchor Anchor, string Version, DateOnly Started, DateOnly? WonBackOn, Money Revenue);

/// <summary>Every enrolment there was, under a deterministic key: customer, campaign, anchor.</summary>
public interface IEnrolmentStore
{
    /// <summary>At the claim of its first step, which is the first contact unless it is a call. Writing the same again changes nothing.</summary>
    Task StartAsync(CustomerId customer, Enrolment enrolment, CancellationToken cancel);

    /// <summary>
    /// They were spoken to, or a mail left after calls that nobody made. Nothing changes when they were contacted before, or no such enrolment was recorded.
    /// </summary>
    Task ContactAsync(CustomerId customer, Enrolment enrolment, DateTimeOffset at, CancellationToken cancel);

    /// <returns>When the first mail was about to leave, or they were first spoken to; null when neither is recorded.</returns>
    Task<DateTimeOffset?> FirstContactAsync(CustomerId customer, Enrolment enrolment, CancellationToken cancel);

    /// <summary>Overwrites what was attributed before: the figures are recomputed, never added up.</summary>
    /// <returns>What stood there before, told to the one caller who overwrote it.</returns>
    Task<WinBack?> AttributeAsync(CustomerId customer, Enrolment enrolment, WinBack? winBack, CancellationToken cancel);

    IAsyncEnumerable<EnrolmentRecord> OfAsync(CustomerId customer, CancellationToken cancel);

    IAsyncEnumerable<EnrolmentRecord> AllAsync(CancellationToken cancel);
}
