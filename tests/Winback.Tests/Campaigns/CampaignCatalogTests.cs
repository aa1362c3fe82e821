using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Tests.Fakes;

namespace Winback.Tests.Campaigns;

/// <summary>Several callers of one catalog at once, and computers whose clocks differ.</summary>
public sealed class CampaignCatalogTests : IDisposable
{
    private const string Restaurant = InMemoryApp.Restaurant;
    private readonly InMemoryApp _app = new();
    private readonly DirectoryInfo _folder = CampaignFolderCopy.Create();
    private readonly HeldStore _store;
    private readonly CampaignCatalog _catalog;

    public CampaignCatalogTests()
    {
        _store = new HeldStore(_app.Definitions);
        _catalog = new CampaignCatalog(_app.Get<ShippedCampaigns>(), _store, "https://delinde.example/", _app.Time, _app.Get<ILogger<CampaignCatalog>>());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _catalog.Dispose();
        _app.Dispose();
        _folder.Delete(true);
    }

    [Fact]
    public async Task Two_who_need_the_same_earlier_version_at_once_both_get_it()
    {
        var earlier = await PublishAsync("Tot gauw");
        await PublishAsync("Tot later");
        await _catalog.CurrentAsync(Cancel);
        var customer = new Customer { Id = CustomerId.Parse("k1"), Marketing = Given.Enrolled(Restaurant) with { Version = earlier } };
        // Whoever refreshes waits for a third version, and the first with it.
        _store.Hold(await PublishAsync("Tot ziens"));
        var refresh = _catalog.RefreshAsync(Cancel);
        var first = _catalog.ForAsync(customer, Cancel).AsTask();
        var second = _catalog.ForAsync(customer, Cancel).AsTask();
        _store.Release();
        await refresh;
        Assert.NotNull((await first).Find(Restaurant, earlier));
        Assert.NotNull((await second).Find(Restaurant, earlier));
    }

    [Fact]
    public async Task What_was_read_earlier_does_not_replace_what_was_read_later()
    {
        await PublishAsync("Tot gauw");
        _store.Hold(HeldStore.Publications);
        var early = _catalog.RefreshAsync(Cancel);
        var version = await PublishAsync("Tot later");
        await _catalog.RefreshAsync(Cancel);
        _store.Release();
        Assert.Equal(version, (await early).Find(Restaurant)!.Version);
        Assert.Equal(version, (await _catalog.CurrentAsync(Cancel)).Find(Restaurant)!.Version);
    }

    [Fact]
    public async Task What_was_done_last_holds_at_once_whatever_the_clocks_say()
    {
        await PublishAsync("Tot gauw");
        var ahead = new FakeTimeProvider(_app.Time.GetUtcNow().AddMinutes(5));
        var elsewhere = new CampaignPublisher(_app.Get<ShippedCampaigns>(), _app.Definitions, _app.Get<CampaignCatalog>(), ahead);
        await elsewhere.PauseAsync(Restaurant, Cancel);
        Assert.NotNull((await _catalog.RefreshAsync(Cancel)).Find(Restaurant)!.PausedAt);
        Assert.True(await _app.Get<CampaignPublisher>().ResumeAsync(Restaurant, Cancel));
        Assert.Null((await _catalog.RefreshAsync(Cancel)).Find(Restaurant)!.PausedAt);
        var published = await _app.Definitions.PublicationsAsync(Cancel);
        Assert.Distinct(published.Where(p => p.Campaign == Restaurant).Select(p => p.At)); // the row's key in a table
    }

    /// <returns>Its version.</returns>
    private async Task<string> PublishAsync(string words)
    {
        var path = Path.Combine(_folder.FullName, Restaurant, "invitation.nl.md");
        await File.AppendAllTextAsync(path, words, Cancel);
        _app.Time.Advance(TimeSpan.FromSeconds(1));
        var definition = CampaignDefinition.Parse(CampaignFiles.Read(_folder.FullName, Restaurant), "https://delinde.example/");
        await _app.Get<CampaignPublisher>().PublishAsync(definition, Cancel);
        return definition.Campaign.Version;
    }

    /// <summary>The same store, whose answer to one question, once, is held until it is released.</summary>
    private sealed class HeldStore(IDefinitionStore store) : IDefinitionStore
    {
        public const string Publications = "publications";

        private TaskCompletionSource? _gate;
        private string? _held;

        public void Hold(string question) => (_gate, _held) = (new TaskCompletionSource(), question);

        public void Release() => _gate!.SetResult();

        public Task KeepAsync(CampaignFiles files, CancellationToken cancel) => store.KeepAsync(files, cancel);

        public Task AddAsync(Publication publication, CancellationToken cancel) => store.AddAsync(publication, cancel);

        public async Task<CampaignFiles?> FindAsync(string campaign, string version, CancellationToken cancel)
        {
            var found = await store.FindAsync(campaign, version, cancel);
            await HeldAsync(version);
            return found;
        }

        public async Task<IReadOnlyList<Publication>> PublicationsAsync(CancellationToken cancel)
        {
            var publications = await store.PublicationsAsync(cancel);
            await HeldAsync(Publications);
            return publications;
        }

        private Task HeldAsync(string question)
        {
            if (_held != question) return Task.CompletedTask;
            _held = null;
            return _gate!.Task;
        }
    }
}
