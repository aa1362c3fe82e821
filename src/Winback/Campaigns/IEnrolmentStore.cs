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
    /// <summary>At the claim of its first step. Writing the same again changes nothing.</summary>
    Task StartAsync(CustomerId customer, Enrolment enrolment, CancellationToken cancel);

    /// <returns>When the first step was about to leave; null when no such enrolment was recorded.</returns>
    Task<DateTimeOffset?> FirstContactAsync(CustomerId customer, Enrolment enrolment, CancellationToken cancel);

    /// <summary>Overwrites what was attributed before: the figures are recomputed, never added up.</summary>
    /// <returns>What stood there before, told to the one caller who overwrote it.</returns>
    Task<WinBack?> AttributeAsync(CustomerId customer, Enrolment enrolment, WinBack? winBack, CancellationToken cancel);

    IAsyncEnumerable<EnrolmentRecord> OfAsync(CustomerId customer, CancellationToken cancel);

    IAsyncEnumerable<EnrolmentRecord> AllAsync(CancellationToken cancel);
}
