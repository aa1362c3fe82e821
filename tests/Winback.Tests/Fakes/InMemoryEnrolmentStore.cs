using System.Collections.Concurrent;
using Winback.Campaigns;
using Winback.Customers;

namespace Winback.Tests.Fakes;

public sealed class InMemoryEnrolmentStore(Effects effects) : InMemoryStore(effects), IEnrolmentStore
{
    private readonly ConcurrentDictionary<(CustomerId, string Campaign, string Anchor), Row> _rows = new();

    public IReadOnlyList<EnrolmentRecord> All => [.. _rows.Select(r => r.Value.ToRecord(r.Key.Item1))];

    public Task StartAsync(CustomerId customer, Enrolment enrolment, CancellationToken cancel)
    {
        Writing();
        _rows.AddOrUpdate(Key(customer, enrolment), new Row(enrolment, enrolment.At, null), (_, row) => row with { Enrolment = enrolment, FirstContact = enrolment.At });
        Written($"enrolment of {customer} started");
        return Task.CompletedTask;
    }

    public Task<DateTimeOffset?> FirstContactAsync(CustomerId customer, Enrolment enrolment, CancellationToken cancel)
    {
        Reading();
        return Task.FromResult(_rows.GetValueOrDefault(Key(customer, enrolment))?.FirstContact);
    }

    public Task<WinBack?> AttributeAsync(CustomerId customer, Enrolment enrolment, WinBack? winBack, CancellationToken cancel)
    {
        Writing();
        var before = _rows.GetValueOrDefault(Key(customer, enrolment))?.WinBack;
        if (before == winBack) return Task.FromResult(before);
        _rows.AddOrUpdate(Key(customer, enrolment), new Row(enrolment, null, winBack), (_, row) => row with { WinBack = winBack });
        Written($"enrolment of {customer} attributed");
        return Task.FromResult(before);
    }

    public IAsyncEnumerable<EnrolmentRecord> OfAsync(CustomerId customer, CancellationToken cancel) =>
        All.Where(r => r.Customer == customer).ToAsyncEnumerable();

    public IAsyncEnumerable<EnrolmentRecord> AllAsync(CancellationToken cancel) => All.ToAsyncEnumerable();

    private static (CustomerId, string, string) Key(CustomerId customer, Enrolment e) => (customer, e.Campaign, AnchorKey.Of(e.Anchor));

    private sealed record Row(Enrolment Enrolment, DateTimeOffset? FirstContact, WinBack? WinBack)
    {
        public EnrolmentRecord ToRecord(CustomerId customer) => new(
            customer, Enrolment.Campaign, Enrolment.Anchor, Enrolment.Version, Enrolment.Started, WinBack?.On, WinBack?.Revenue ?? Money.Zero);
    }
}
