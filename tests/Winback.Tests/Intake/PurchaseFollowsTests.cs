using System.Globalization;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.Mail;
using Winback.Outreach;
using Winback.Tests.Fakes;

namespace Winback.Tests.Intake;

/// <summary>What follows from a purchase: the enrolment ends, and what it brought is attributed. The invitation leaves on 13 October 2026, 12:00.</summary>
public sealed class PurchaseFollowsTests : IDisposable
{
    private static readonly CustomerId Customer = CustomerId.Parse("k1");

    private readonly InMemoryApp _app = new();

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData("2026-10-12", null, null)] // the day before the mail
    [InlineData("2026-10-13", null, "2026-10-13")] // that day, hour unknown
    [InlineData("2026-10-13", "2026-10-13T11:59+02:00", null)] // before it left
    [InlineData("2026-10-13", "2026-10-13T12:01+02:00", "2026-10-13")]
    [InlineData("2026-10-20", null, "2026-10-20")]
    [InlineData("2026-12-12", null, "2026-12-12")] // 60 days after
    [InlineData("2026-12-13", null, null)]
    public async Task A_purchase_after_the_mail_is_a_win_back(string day, string? at, string? wonBackOn)
    {
        await InviteAsync();
        await AddAsync(Sale(day, 4200, "A", at));
        var record = Assert.Single(_app.Enrolments.All);
        Assert.Equal(wonBackOn, record.WonBackOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(wonBackOn is null ? 0 : 4200, record.Revenue.Cents);
    }

    [Fact]
    public async Task A_purchase_that_comes_while_the_mail_is_on_its_way_is_attributed_when_it_has_left()
    {
        _app.AddLapsed("k1");
        await _app.Facts.AddPurchasesAsync(Customer, [Sale("2026-02-10", 12_300, "Z")], Cancel);
        _app.Mail.Next(_ =>
        {
            AddAsync(Sale("2026-10-13", 4200, "A")).Wait(Cancel);
            return new Accepted("1");
        });
        await _app.Sender.HandleAsync(new OutreachMessage("k1", InMemoryApp.Restaurant, "invitation", _app.Time.GetUtcNow()), Cancel);
        Assert.Equal((new DateOnly(2026, 10, 13), 4200), (_app.Enrolments.All.Single().WonBackOn, _app.Enrolments.All.Single().Revenue.Cents));
    }

    [Theory]
    [InlineData("2026-10-12", null)] // a late row about before the mail ends nothing
    [InlineData("2026-10-13", EnrolmentEnd.Purchase)]
    [InlineData("2026-11-20", EnrolmentEnd.Purchase)] // a booking does too
    public async Task A_purchase_ends_the_enrolment(string day, string? ended)
    {
        await InviteAsync();
        await AddAsync(Sale(day, 4200, "A"));
        Assert.Equal(ended, _app.Customers["k1"].Marketing!.Ended);
        _app.Time.Advance(TimeSpan.FromDays(14));
        var followUp = await _app.Sender.HandleAsync(new OutreachMessage("k1", InMemoryApp.Restaurant, "last-chance", _app.Time.GetUtcNow()), Cancel);
        Assert.Equal(OutreachOutcome.Dropped, followUp); // lapsed no more either way
    }

    [Fact]
    public async Task More_purchases_add_to_the_revenue_and_a_repeated_one_does_not()
    {
        await InviteAsync();
        await AddAsync(Sale("2026-10-20", 4000, "A"));
        await AddAsync(Sale("2026-10-25", 1000, "B"));
        Assert.Equal([RowOutcome.Unchanged], await AddAsync(Sale("2026-10-20", 4000, "A")));
        Assert.Equal((new DateOnly(2026, 10, 20), 5000), (_app.Enrolments.All.Single().WonBackOn!.Value, _app.Enrolments.All.Single().Revenue.Cents));
    }

    [Theory]
    [InlineData(-1500, "2026-10-20", 2500)] // in part
    [InlineData(-4000, null, 0)] // whole: no win-back any more
    public async Task A_later_refund_lowers_the_attributed_revenue(long cents, string? wonBackOn, long revenue)
    {
        await InviteAsync();
        await AddAsync(Sale("2026-10-20", 4000, "A"));
        await AddAsync(Sale("2026-10-22", cents, "A"));
        var record = _app.Enrolments.All.Single();
        Assert.Equal((wonBackOn, revenue), (record.WonBackOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), record.Revenue.Cents));
    }

    [Fact]
    public async Task A_purchase_after_the_sequence_is_over_is_attributed_too()
    {
        await InviteAsync();
        _app.Time.Advance(TimeSpan.FromDays(14));
        await _app.Sender.HandleAsync(new OutreachMessage("k1", InMemoryApp.Restaurant, "last-chance", _app.Time.GetUtcNow()), Cancel);
        await AddAsync(Sale("2026-11-01", 4200, "A"));
        Assert.Equal(EnrolmentEnd.Finished, _app.Customers["k1"].Marketing!.Ended);
        Assert.Equal(4200, _app.Enrolments.All.Single().Revenue.Cents);
    }

    [Fact]
    public async Task A_purchase_after_the_first_mail_is_a_win_back_also_when_the_second_failed()
    {
        await InviteAsync();
        _app.Time.Advance(TimeSpan.FromDays(14));
        _app.Mail.Next(new Refused("mailbox full"));
        await _app.Sender.HandleAsync(new OutreachMessage("k1", InMemoryApp.Restaurant, "last-chance", _app.Time.GetUtcNow()), Cancel);
        await AddAsync(Sale("2026-11-01", 4200, "A"));
        Assert.Equal(4200, _app.Enrolments.All.Single().Revenue.Cents);
    }

    [Fact]
    public async Task A_purchase_without_any_mail_is_no_win_back()
    {
        _app.AddLapsed("k1");
        await AddAsync(Sale("2026-10-13", 4200, "A"));
        Assert.Empty(_app.Enrolments.All);
    }

    [Fact]
    public async Task Two_who_add_at_once_lose_nothing()
    {
        _app.AddLapsed("k1");
        // Just before the first writes what he summed up, the second adds and writes.
        _app.Customers.BeforeNextWrite(() => AddAsync(Sale("2026-10-12", 1000, "B")).GetAwaiter().GetResult());
        await AddAsync(Sale("2026-10-10", 2500, "A"));
        Assert.Equal((2, 3500, new DateOnly(2026, 10, 12)), (_app.Customers["k1"].Visits, _app.Customers["k1"].Revenue.Cents, _app.Customers["k1"].LastVisit!.Value));
    }

    [Fact]
    public async Task Two_who_add_the_same_at_once_count_it_once()
    {
        _app.AddLapsed("k1");
        _app.Facts.BeforeNextWrite(() => AddAsync(Sale("2026-10-10", 2500, "A")).GetAwaiter().GetResult());
        await AddAsync(Sale("2026-10-10", 2500, "A"));
        Assert.Equal((1, 2500), (_app.Customers["k1"].Visits, _app.Customers["k1"].Revenue.Cents));
    }

    [Fact]
    public async Task A_purchase_that_was_written_but_not_summed_up_is_summed_up_when_it_comes_again()
    {
        _app.AddLapsed("k1");
        _app.Effects.StopAfter(1);
        await Assert.ThrowsAsync<KilledException>(() => AddAsync(Sale("2026-10-10", 2500, "A")));
        _app.Effects.Restart();
        Assert.Equal([RowOutcome.Unchanged], await AddAsync(Sale("2026-10-10", 2500, "A")));
        Assert.Equal(1, _app.Customers["k1"].Visits);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task InviteAsync()
    {
        _app.AddLapsed("k1");
        await _app.Facts.AddPurchasesAsync(Customer, [Sale("2026-02-10", 12_300, "Z")], Cancel);
        await _app.Sender.HandleAsync(new OutreachMessage("k1", InMemoryApp.Restaurant, "invitation", InMemoryApp.Start), Cancel);
    }

    private Task<IReadOnlyList<RowOutcome>> AddAsync(params Purchase[] purchases) => _app.Book.AddPurchasesAsync(Customer, purchases, Cancel);

    private static Purchase Sale(string day, long cents, string order, string? at = null) => new(
        Customer, DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), at is null ? null : DateTimeOffset.Parse(at, CultureInfo.InvariantCulture),
        new Money(cents), order, null, 0);
}
