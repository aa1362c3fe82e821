using Winback.Campaigns;
using Winback.Customers;
using Winback.Customers.Import;
using Winback.Intake;
using Winback.Outreach;
using Winback.Replies;
using Winback.Tests.Customers.Import;
using Winback.Tests.Fakes;

namespace Winback.Tests.Intake;

/// <summary>Who may be mailed, what that rests on, and since when.</summary>
public sealed class PermissionTests : IDisposable
{
    private static readonly DateOnly Today = new(2026, 10, 13);

    private readonly ImportFolder _folder = new();
    private readonly InMemoryApp _app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _app.Dispose();
    }

    [Fact]
    public async Task The_customer_exception_gives_permission_and_is_recorded_with_its_day()
    {
        await ImportAsync("klantnummer;e-mail\nk1;jan@a.example\n", exception: true);
        Assert.Equal((true, PermissionSource.CustomerException, Today), Permission("k1"));
    }

    [Theory]
    [InlineData("ja", true)]
    [InlineData("nee", false)]
    [InlineData("", false)]
    public async Task A_column_gives_or_refuses_permission_and_is_recorded_with_its_day(string word, bool allowed)
    {
        await ImportAsync($"klantnummer;e-mail;toestemming\nk1;jan@a.example;{word}\n");
        Assert.Equal((allowed, PermissionSource.Column, Today), Permission("k1"));
    }

    [Fact]
    public async Task A_file_that_says_nothing_changes_nothing()
    {
        await ImportAsync("klantnummer;naam\nk1;Jan\n");
        Assert.Equal((false, null, null), Permission("k1"));
        await ImportAsync("klantnummer\nk1\n", exception: true);
        await ImportAsync("klantnummer;naam\nk1;Johan\n");
        Assert.Equal((true, PermissionSource.CustomerException, Today), Permission("k1"));
    }

    [Theory]
    [InlineData("ja", true, true)]
    [InlineData("ja", true, false)]
    [InlineData("nee", false, true)]
    [InlineData("nee", false, false)]
    public async Task The_exception_gives_way_to_what_a_column_said_whichever_comes_first(string word, bool allowed, bool columnFirst)
    {
        foreach (var isColumn in new[] { columnFirst, !columnFirst })
            await ImportAsync(isColumn ? $"klantnummer;opt-in\nk1;{word}\n" : "klantnummer\nk1\n", exception: !isColumn);
        Assert.Equal((allowed, PermissionSource.Column, Today), Permission("k1"));
    }

    [Fact]
    public async Task The_day_is_the_one_on_which_it_began_to_say_so()
    {
        await ImportAsync("klantnummer\nk1\n", exception: true);
        _app.Time.Advance(TimeSpan.FromDays(2));
        await ImportAsync("klantnummer\nk1\n", exception: true);
        Assert.Equal(Today, Permission("k1").Since);
        await ImportAsync("klantnummer;opt-in\nk1;ja\n");
        Assert.Equal((true, PermissionSource.Column, Today.AddDays(2)), Permission("k1"));
        _app.Time.Advance(TimeSpan.FromDays(2));
        await ImportAsync("klantnummer;opt-in\nk1;nee\n");
        Assert.Equal((false, PermissionSource.Column, Today.AddDays(4)), Permission("k1"));
    }

    [Fact]
    public void A_column_and_the_exception_for_one_file_are_refused() => Assert.Contains(
        "The column \"Nieuwsbrief\" says who may be mailed, and what it says goes before the customer exception. Leave out --permission.",
        Assert.Throws<ImportException>(() => ImportFile.Open(_folder.Options(ImportKind.Customers, "klantnummer;Nieuwsbrief\nk1;nee\n") with { ByCustomerException = true })).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task No_import_lifts_an_opt_out()
    {
        await ImportAsync("klantnummer;e-mail\nk1;jan@a.example\n", exception: true);
        await _app.Get<OptOut>().ApplyAsync(new UnsubscribeLink(CustomerId.Parse("k1"), MessageClass.Marketing, _app.MailboxKey("jan@a.example")), Cancel);
        _app.Time.Advance(TimeSpan.FromDays(1));
        await ImportAsync("klantnummer;e-mail\nk1;jan@a.example\nk2;Jan@A.example\n", exception: true);
        await ImportAsync("klantnummer;opt-in\nk1;ja\nk2;ja\n");
        Assert.All(["k1", "k2"], id => Assert.Equal(InMemoryApp.Start, _app.Customers[id].OptedOutAt));
    }

    private (bool Allowed, PermissionSource? Source, DateOnly? Since) Permission(string id) =>
        (_app.Customers[id].MarketingPermission, _app.Customers.ProfileOf(id).PermissionSource, _app.Customers.ProfileOf(id).PermissionSince);

    private Task<ImportCounts> ImportAsync(string text, bool exception = false) => new Importer(_app.Get<CustomerBook>()).RunAsync(
        _folder.Options(ImportKind.Customers, text) with { ByCustomerException = exception }, null, Cancel);
}
