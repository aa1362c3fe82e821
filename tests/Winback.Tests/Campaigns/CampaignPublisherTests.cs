using Winback.Campaigns;
using Winback.Customers;
using Winback.Outreach;
using Winback.Scan;
using Winback.Tests.Fakes;

namespace Winback.Tests.Campaigns;

/// <summary>What publishing changes, and what it leaves alone, with the app on stores in memory.</summary>
public sealed class CampaignPublisherTests : IDisposable
{
    private const string Restaurant = InMemoryApp.Restaurant;
    private readonly InMemoryApp _app = new();
    private readonly DirectoryInfo _folder = CampaignFolderCopy.Create();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _app.Dispose();
        _folder.Delete(true);
    }

    [Fact]
    public async Task The_first_scan_publishes_what_ships_and_the_second_nothing()
    {
        await StartScanAsync();
        await StartScanAsync();
        var published = await _app.Definitions.PublicationsAsync(Cancel);
        Assert.Equal(
            _app.Get<ShippedCampaigns>().Definitions.Select(d => (d.Campaign.Id, (string?)d.Campaign.Version)), // the one that is switched off too
            published.Where(p => p.Kind == PublicationKind.Published).Select(p => (p.Campaign, p.Version)).Order());
    }

    [Fact]
    public async Task A_store_in_which_nothing_was_published_yet_is_read_as_what_ships_and_not_written()
    {
        var campaigns = await _app.Get<CampaignCatalog>().CurrentAsync(Cancel);
        Assert.Equal([Restaurant, InMemoryApp.Renewal], campaigns.Ordered.Select(c => c.Id));
        Assert.Empty(_app.Effects.Done);
    }

    [Fact]
    public async Task What_is_published_is_what_the_next_mail_says()
    {
        await StartScanAsync();
        _app.AddLapsed("k1");
        await PublishAsync("invitation.nl.md", "Graag tot ziens", "Tot gauw dan");
        await SendAsync("k1", "invitation");
        Assert.Contains("Tot gauw dan", _app.Mail.Sent.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_again_is_not_published_again()
    {
        Assert.True(await PublishAsync("invitation.nl.md", "Graag tot ziens", "Tot gauw dan"));
        Assert.False(await _app.Get<CampaignPublisher>().PublishAsync(Parse(), Cancel));
        Assert.Single(await _app.Definitions.PublicationsAsync(Cancel));
    }

    [Fact]
    public async Task An_enrolment_that_runs_keeps_the_version_it_started_under()
    {
        await StartScanAsync();
        _app.AddLapsed("k1");
        await SendAsync("k1", "invitation");
        await PublishAsync("last-chance.nl.md", "Graag tot ziens", "Tot gauw dan");
        await EditDefinitionAsync("\"afterDays\": 14", "\"afterDays\": 30");
        _app.Time.Advance(TimeSpan.FromDays(14)); // the delay of the version it runs under
        await SendAsync("k1", "last-chance");
        Assert.DoesNotContain("Tot gauw dan", _app.Mail.Sent[^1].Text, StringComparison.Ordinal);
        Assert.Equal(2, _app.Mail.Sent.Count);
    }

    [Fact]
    public async Task Another_process_reads_the_version_that_an_enrolment_runs_under_from_storage()
    {
        await EditDefinitionAsync("\"afterDays\": 14", "\"afterDays\": 20");
        var old = _app.Get<CampaignCatalog>();
        var version = (await old.CurrentAsync(Cancel)).Find(Restaurant)!.Version;
        await EditDefinitionAsync("\"afterDays\": 20", "\"afterDays\": 30");
        using var another = new CampaignCatalog(_app.Get<ShippedCampaigns>(), _app.Definitions, "https://delinde.example", _app.Time, Log());
        Assert.Null((await another.CurrentAsync(Cancel)).Find(Restaurant, version));
        var customer = new Customer { Id = CustomerId.Parse("k1"), Marketing = Given.Enrolled(Restaurant) with { Version = version } };
        var campaigns = await another.ForAsync(customer, Cancel);
        Assert.Equal((20, 30), (campaigns.Of(customer.Marketing)!.Steps[1].Days, campaigns.Find(Restaurant)!.Steps[1].Days));
    }

    [Fact]
    public async Task An_instance_that_read_before_the_publishing_asks_again_when_a_message_names_a_version_it_does_not_know()
    {
        _app.AddLapsed("k1");
        await _app.Get<CampaignCatalog>().CurrentAsync(Cancel);
        using var elsewhere = new CampaignCatalog(_app.Get<ShippedCampaigns>(), _app.Definitions, "https://delinde.example", _app.Time, Log());
        Edit("invitation.nl.md", "Graag tot ziens", "Tot gauw dan");
        var edited = Parse();
        await new CampaignPublisher(_app.Get<ShippedCampaigns>(), _app.Definitions, elsewhere, _app.Time).PublishAsync(edited, Cancel);
        await _app.Sender.HandleAsync(new OutreachMessage("k1", Restaurant, "invitation", _app.Time.GetUtcNow(), edited.Campaign.Version), Cancel);
        Assert.Contains("Tot gauw dan", _app.Mail.Sent.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_campaign_is_paused_nobody_gets_anything_of_it_and_afterwards_they_do()
    {
        _app.AddLapsed("k1");
        _app.AddMember("k2", daysLeft: 7);
        Assert.True(await _app.Get<CampaignPublisher>().PauseAsync(Restaurant, Cancel));
        Assert.False(await _app.Get<CampaignPublisher>().PauseAsync(Restaurant, Cancel));
        Assert.Equal(OutreachOutcome.Dropped, await SendAsync("k1", "invitation"));
        Assert.Equal(OutreachOutcome.Sent, await SendAsync("k2", "7-days", InMemoryApp.Renewal));
        var verdict = (await _app.Get<Examiner>().ExamineAsync((await _app.Customers.FindAsync(CustomerId.Parse("k1"), Cancel))!.Customer, Now, Cancel))[0];
        Assert.Equal(new Waiting(Restaurant, "the campaign is paused since 2026-10-13"), verdict);
        Assert.True(await _app.Get<CampaignPublisher>().ResumeAsync(Restaurant, Cancel));
        Assert.False(await _app.Get<CampaignPublisher>().ResumeAsync(Restaurant, Cancel));
        Assert.Equal(OutreachOutcome.Sent, await SendAsync("k1", "invitation"));
    }

    [Fact]
    public async Task Publishing_does_not_end_a_pause()
    {
        await _app.Get<CampaignPublisher>().PauseAsync(Restaurant, Cancel);
        await PublishAsync("invitation.nl.md", "Graag tot ziens", "Tot gauw dan");
        Assert.NotNull((await _app.Get<CampaignCatalog>().CurrentAsync(Cancel)).Find(Restaurant)!.PausedAt);
    }

    [Fact]
    public async Task What_an_enrolment_wins_does_not_change_when_its_campaign_is_switched_off()
    {
        await EditDefinitionAsync("\"attributionDays\": 60", "\"attributionDays\": 30");
        _app.AddLapsed("k1");
        await SendAsync("k1", "invitation");
        await EditDefinitionAsync("\"enabled\": true", "\"enabled\": false");
        await _app.Book.AddPurchasesAsync(CustomerId.Parse("k1"), [new Purchase(CustomerId.Parse("k1"), Given.Day("2026-11-27"), null, new Money(4200), "A", null, 0)], Cancel);
        Assert.Null(_app.Enrolments.All.Single().WonBackOn); // 45 days after the mail
    }

    [Fact]
    public async Task The_coupon_of_a_reminder_counts_its_days_from_the_first_reminder()
    {
        var definition = Path.Combine(_folder.FullName, InMemoryApp.Renewal, CampaignFiles.DefinitionFile);
        const string offer = "\"offer\": { \"text\": { \"nl\": \"een maand korting\", \"en\": \"a month off\" }, \"validDays\": 40 },";
        await File.WriteAllTextAsync(definition, (await File.ReadAllTextAsync(definition, Cancel)).Replace("\"window\"", offer + "\"window\"", StringComparison.Ordinal), Cancel);
        await File.AppendAllTextAsync(Path.Combine(_folder.FullName, InMemoryApp.Renewal, "7-days.nl.md"), "\n\nGeldig tot en met {{date offer.valid_until \"short\"}}.", Cancel);
        await _app.Get<CampaignPublisher>().PublishAsync(
            CampaignDefinition.Parse(CampaignFiles.Read(_folder.FullName, InMemoryApp.Renewal), "https://delinde.example/"), Cancel);
        _app.AddMember("k1", daysLeft: 30, c => c with { Marketing = Given.Enrolled(at: "2025-01-07T12:00+01:00", ended: EnrolmentEnd.Finished) });
        await SendAsync("k1", "30-days", InMemoryApp.Renewal);
        _app.Time.Advance(TimeSpan.FromDays(23));
        await SendAsync("k1", "7-days", InMemoryApp.Renewal);
        Assert.Contains("Geldig tot en met 22 november 2026.", _app.Mail.Sent[^1].Text, StringComparison.Ordinal); // 40 days from 13 October
    }

    [Fact]
    public async Task A_campaign_cannot_become_one_of_another_kind()
    {
        await StartScanAsync();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_folder.FullName, Restaurant))) File.Delete(file);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_folder.FullName, InMemoryApp.Renewal))) File.Copy(file, Path.Combine(_folder.FullName, Restaurant, Path.GetFileName(file)));
        var e = await Assert.ThrowsAsync<CampaignException>(() => _app.Get<CampaignPublisher>().PublishAsync(Parse(), Cancel));
        Assert.Contains("give the new campaign a name of its own", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_that_is_not_published_cannot_be_paused()
    {
        var e = await Assert.ThrowsAsync<CampaignException>(() => _app.Get<CampaignPublisher>().PauseAsync("nothing", Cancel));
        Assert.Contains("There is no published campaign \"nothing\"", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not gzip")]
    [InlineData("gzip of nonsense")]
    [InlineData("a campaign that this app does not understand")]
    public async Task What_cannot_be_used_is_left_out_and_the_other_campaigns_go_on(string what)
    {
        await StartScanAsync();
        _app.Definitions.Spoil(Restaurant, "0123456789abcdef", what switch
        {
            "not gzip" => [1, 2, 3],
            "gzip of nonsense" => Pack("{"),
            _ => Pack("""{"campaign.json":"{\"kind\":\"from-a-later-version\"}"}"""),
        });
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        await _app.Definitions.AddAsync(new Publication(Restaurant, _app.Time.GetUtcNow(), PublicationKind.Published, "0123456789abcdef"), Cancel);
        Assert.Equal([InMemoryApp.Renewal], (await _app.Get<CampaignCatalog>().RefreshAsync(Cancel)).Ordered.Select(c => c.Id));
    }

    private Moment Now => new(_app.Time.GetUtcNow(), Given.Amsterdam);

    private Microsoft.Extensions.Logging.ILogger<CampaignCatalog> Log() => _app.Get<Microsoft.Extensions.Logging.ILogger<CampaignCatalog>>();

    private Task<string> StartScanAsync() => _app.Get<ScanStarter>().StartAsync(Cancel);

    private Task<OutreachOutcome> SendAsync(string customer, string step, string campaign = Restaurant) =>
        _app.Sender.HandleAsync(new OutreachMessage(customer, campaign, step, _app.Time.GetUtcNow()), Cancel);

    private CampaignDefinition Parse() => CampaignDefinition.Parse(CampaignFiles.Read(_folder.FullName, Restaurant), "https://delinde.example/");

    private Task<bool> EditDefinitionAsync(string from, string to) => PublishAsync(CampaignFiles.DefinitionFile, from, to);

    private Task<bool> PublishAsync(string file, string from, string to)
    {
        Edit(file, from, to);
        _app.Time.Advance(TimeSpan.FromSeconds(1)); // nobody publishes twice in one instant
        return _app.Get<CampaignPublisher>().PublishAsync(Parse(), Cancel);
    }

    private void Edit(string file, string from, string to)
    {
        var path = Path.Combine(_folder.FullName, Restaurant, file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    private static byte[] Pack(string json)
    {
        using var bytes = new MemoryStream();
        using (var zip = new System.IO.Compression.GZipStream(bytes, System.IO.Compression.CompressionMode.Compress)) zip.Write(System.Text.Encoding.UTF8.GetBytes(json));
        return bytes.ToArray();
    }
}
