using Winback.Campaigns;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.Outreach;
using Winback.Replies;
using Winback.Tests.Fakes;

namespace Winback.Tests.Intake;

/// <summary>Customers, purchases and subscriptions, in any order and any number of times.</summary>
public sealed class CustomerBookTests : IDisposable
{
    private readonly InMemoryApp _app = new();

    public void Dispose() => _app.Dispose();

    public static TheoryData<string> Orders => ["CPS", "CSP", "PCS", "PSC", "SCP", "SPC"];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task The_order_of_the_files_does_not_matter(string order)
    {
        foreach (var file in order) await ApplyAsync(file);
        var columns = _app.Customers.Columns("k1");
        var customer = _app.Customers["k1"];
        Assert.Equal((new DateOnly(2026, 3, 9), 2, new Money(4300)), (customer.LastVisit!.Value, customer.Visits, customer.Revenue));
        Assert.Equal(["S1", "S2"], customer.Subscriptions.Select(s => s.Number).Order(StringComparer.Ordinal));
        Assert.Equal((true, true), (customer.HasUsableAddress, customer.MarketingPermission));
        Assert.Equal(0, await _app.Facts.CountParkedAsync(Cancel));

        using var usual = new InMemoryApp();
        foreach (var file in "CPS") await ApplyAsync(file, usual);
        Assert.Equal(usual.Customers.Columns("k1"), columns);
    }

    [Fact]
    public async Task What_comes_before_its_customer_is_parked_and_joined_later()
    {
        Assert.Equal([RowOutcome.Parked, RowOutcome.Parked], await ApplyAsync('P'));
        Assert.Equal([RowOutcome.Parked, RowOutcome.Parked], await ApplyAsync('S'));
        Assert.Equal([RowOutcome.Unchanged, RowOutcome.Unchanged], await ApplyAsync('P'));
        Assert.Equal(1, await _app.Facts.CountParkedAsync(Cancel));
        Assert.Empty(_app.Customers.All);
        Assert.Equal([RowOutcome.Added], await ApplyAsync('C'));
        Assert.Equal(2, _app.Customers["k1"].Visits);
        Assert.Equal(0, await _app.Facts.CountParkedAsync(Cancel));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task A_second_time_nothing_changes(string order)
    {
        foreach (var file in order) await ApplyAsync(file);
        var (columns, version) = (_app.Customers.Columns("k1"), _app.Customers.VersionOf("k1"));
        foreach (var file in order) Assert.All(await ApplyAsync(file), o => Assert.Equal(RowOutcome.Unchanged, o));
        Assert.Equal(columns, _app.Customers.Columns("k1"));
        Assert.Equal(version, _app.Customers.VersionOf("k1"));
    }

    [Fact]
    public async Task A_parked_purchase_is_not_lost_when_its_customer_comes_at_the_same_moment()
    {
        // The customer is imported after the purchase looked for him and before it is parked.
        _app.Facts.BeforeNextWrite(() => { });
        _app.Facts.BeforeNextWrite(() => Customer().GetAwaiter().GetResult());
        await ApplyAsync('P');
        Assert.Equal(2, _app.Customers["k1"].Visits);
        Assert.Equal(0, await _app.Facts.CountParkedAsync(Cancel));

        Task Customer() => ApplyAsync('C');
    }

    [Fact]
    public async Task Fields_change_one_by_one_and_an_empty_one_says_nothing()
    {
        await BookAsync(Person("k1", name: "Jan", email: "jan@a.example"));
        Assert.Equal([RowOutcome.Changed], await BookAsync(Person("k1", phone: "0612345678", permission: false)));
        var profile = _app.Customers.ProfileOf("k1");
        Assert.Equal(("Jan", "jan@a.example", "0612345678"), (profile.Name, profile.Email, profile.Phone));
        Assert.False(_app.Customers["k1"].MarketingPermission);
    }

    [Fact]
    public async Task Of_conflicting_rows_in_one_file_the_later_wins()
    {
        var outcomes = await BookAsync(Person("k1", name: "Jan"), Person("k1", name: "Johan"), Person("k1", name: "Johan"));
        Assert.Equal([RowOutcome.Added, RowOutcome.Changed, RowOutcome.Unchanged], outcomes);
        Assert.Equal("Johan", _app.Customers.ProfileOf("k1").Name);
    }

    [Fact]
    public async Task An_unusable_address_is_kept_for_the_owner_to_mend()
    {
        await BookAsync(Person("k1", email: "jan at a.example"));
        Assert.False(_app.Customers["k1"].HasUsableAddress);
        Assert.Equal(("jan at a.example", null), (_app.Customers.ProfileOf("k1").Email, _app.Customers.ProfileOf("k1").MailboxKey));
        await BookAsync(Person("k1", email: "jan@a.example"));
        Assert.True(_app.Customers["k1"].HasUsableAddress);
    }

    [Fact]
    public async Task An_opt_out_survives_every_import()
    {
        await BookAsync(Person("k1", email: "jan@a.example", permission: true));
        await OptOutAsync("k1", "jan@a.example");
        await BookAsync(Person("k1", name: "Jan", email: "jan@a.example", permission: true));
        Assert.Equal(InMemoryApp.Start, _app.Customers["k1"].OptedOutAt);
        // Not even under another number, or with the address written differently.
        await BookAsync(Person("k2", email: " JAN@A.example", permission: true));
        Assert.Equal(InMemoryApp.Start, _app.Customers["k2"].OptedOutAt);
    }

    [Fact]
    public async Task An_opt_out_reaches_every_customer_of_the_mailbox()
    {
        await BookAsync(Person("k1", email: "samen@a.example"));
        await BookAsync(Person("k2", email: "samen@a.example"));
        await OptOutAsync("k1", "samen@a.example");
        Assert.All(_app.Customers.All, c => Assert.NotNull(c.OptedOutAt));
    }

    [Theory]
    [InlineData("k1", "k2")]
    [InlineData("k2", "k1")]
    public async Task Customers_with_one_mailbox_know_it_under_either_order(string first, string second)
    {
        await BookAsync(Person(first, email: "samen@a.example"));
        Assert.False(_app.Customers[first].SharesMailbox);
        await BookAsync(Person(second, email: "Samen@A.example "));
        Assert.True(_app.Customers[first].SharesMailbox);
        Assert.True(_app.Customers[second].SharesMailbox);
    }

    [Fact]
    public async Task Two_customers_who_get_one_mailbox_at_once_both_know_it()
    {
        // The other is imported in between: after our row was written, before we join the mailbox.
        _app.Mailboxes.BeforeNextWrite(() => BookAsync(Person("k2", email: "samen@a.example")).GetAwaiter().GetResult());
        await BookAsync(Person("k1", email: "samen@a.example"));
        Assert.All(_app.Customers.All, c => Assert.True(c.SharesMailbox));
    }

    [Fact]
    public async Task Another_address_leaves_the_old_mailbox_and_joins_the_new_one()
    {
        await BookAsync(Person("k1", email: "old@a.example"));
        await BookAsync(Person("k1", email: "new@a.example"));
        Assert.Empty(_app.Mailboxes[_app.MailboxKey("old@a.example")]!.Owners);
        Assert.Equal(["k1"], _app.Mailboxes[_app.MailboxKey("new@a.example")]!.Owners);
        await BookAsync(Person("k2", email: "old@a.example"));
        Assert.False(_app.Customers["k2"].SharesMailbox);
        await BookAsync(Person("k1", email: "unusable"));
        Assert.Empty(_app.Mailboxes[_app.MailboxKey("new@a.example")]!.Owners);
    }

    [Fact]
    public async Task An_import_that_meets_another_writer_keeps_what_he_wrote()
    {
        await BookAsync(Person("k1", name: "Jan"));
        _app.Customers.BeforeNextWrite(() => _app.Customers.Change("k1", c => c with { OptedOutAt = InMemoryApp.Start }));
        await BookAsync(Person("k1", name: "Johan"));
        Assert.Equal(("Johan", InMemoryApp.Start), (_app.Customers.ProfileOf("k1").Name, _app.Customers["k1"].OptedOutAt));
    }

    [Fact]
    public async Task A_corrected_subscription_replaces_the_old_one_and_long_ended_ones_leave_the_row()
    {
        await ApplyAsync('C');
        var s = new Subscription("S1", "gym", new(2026, 1, 1), new(2026, 12, 1), false);
        Assert.Equal([RowOutcome.Added], await BookAsync(Plan(s)));
        Assert.Equal([RowOutcome.Changed], await BookAsync(Plan(s with { RenewalDate = new(2027, 1, 1) })));
        await BookAsync(Plan(s with { Number = "S0", RenewalDate = new(2026, 8, 13) })); // 61 days ago
        await BookAsync(Plan(s with { Number = "S2", RenewalDate = new(2026, 8, 14) }));
        Assert.Equal([("S1", new DateOnly(2027, 1, 1)), ("S2", new DateOnly(2026, 8, 14))], _app.Customers["k1"].Subscriptions.Select(k => (k.Number, k.RenewalDate)));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task OptOutAsync(string id, string email) =>
        _app.Get<OptOut>().ApplyAsync(new UnsubscribeLink(CustomerId.Parse(id), MessageClass.Marketing, _app.MailboxKey(email)), Cancel);

    /// <summary>Applies the file of customers (C), purchases (P) or subscriptions (S).</summary>
    private Task<IReadOnlyList<RowOutcome>> ApplyAsync(char file, InMemoryApp? app = null) => BookAsync(app ?? _app, file switch
    {
        'C' => [Person("k1", "Jan", "jan@a.example", permission: true)],
        'P' => [Sale("2026-02-10", 1800, "A"), Sale("2026-03-09", 2500, "B")],
        _ => [Plan(new Subscription("S1", "gym", new(2026, 1, 1), new(2026, 12, 1), false)), Plan(new Subscription("S2", "sauna", new(2026, 1, 1), new(2026, 11, 1), true))],
    });

    private Task<IReadOnlyList<RowOutcome>> BookAsync(params ImportedRow[] rows) => BookAsync(_app, rows);

    private static Task<IReadOnlyList<RowOutcome>> BookAsync(InMemoryApp app, params ImportedRow[] rows) => app.Book.ApplyAsync(rows[0].Customer, rows, Cancel);

    private static CustomerRow Person(string id, string? name = null, string? email = null, string? phone = null, bool? permission = null) =>
        new(CustomerId.Parse(id), name, null, email, phone, null, permission);

    private static PurchaseRow Sale(string day, long cents, string order) =>
        new(new Purchase(CustomerId.Parse("k1"), DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), null, new Money(cents), order, null, 0));

    private static SubscriptionRow Plan(Subscription subscription) => new(CustomerId.Parse("k1"), subscription);
}
