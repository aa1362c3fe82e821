using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Winback.Campaigns;
using Winback.Customers;
using Winback.Mail;
using Winback.Storage;

namespace Winback.Cli.Doctor;

/// <summary>Looks at everything that the app needs, one thing after the other; what is wrong with one hides no other.</summary>
/// <param name="app">Where the app is reached; null to leave it alone.</param>
internal sealed class Checkup(IConfiguration configuration, Uri? app, IDnsReader dns, TimeProvider time)
{
    /// <summary>Tokens and signatures are refused by storage when the clocks differ by more than 15 minutes.</summary>
    private static readonly TimeSpan WorstClock = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan BadClock = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<DoctorReport> RunAsync(CancellationToken cancel)
    {
        var findings = await FindAsync(cancel).ToListAsync(cancel);
        return new DoctorReport(findings.TrueForAll(f => f.State != FindingState.Problem), findings);
    }

    private async IAsyncEnumerable<Finding> FindAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var (settings, problems) = Settings.Examine(configuration);
        foreach (var problem in problems) yield return Setting(problem);
        if (problems.Count == 0) yield return Finding.Ok("settings", "all there and readable");
        if (StorageAccount.Problem(configuration) is null)
            await foreach (var finding in StorageAsync(settings, problems, cancel)) yield return finding;
        if (!Has(problems, "Business__TimeZone")) yield return Zone(settings.Business);
        yield return Campaigns(settings);
        if (!Has(problems, "Mail__"))
        {
            yield return await MailAsync(settings.Mail, cancel);
            await foreach (var finding in DnsAsync(settings.Mail, cancel)) yield return finding;
        }
        if (app is not null) yield return await AppAsync(app, cancel);
    }

    private static bool Has(IReadOnlyList<string> problems, string setting) => problems.Any(p => p.StartsWith(setting, StringComparison.Ordinal));

    /// <summary>A problem says what is wrong and, after a semicolon or a full stop, what to do.</summary>
    private static Finding Setting(string problem)
    {
        var colon = problem.IndexOf(':', StringComparison.Ordinal);
        var (name, text) = (problem[..colon], problem[(colon + 1)..].Trim());
        var cut = text.IndexOfAny([';', '.']) is var at && at > 0 && at < text.Length - 1 && text[at + 1] == ' ' ? at : -1;
        return cut < 0
            ? Finding.Problem(name, text, "set it right; docs/settings.md says how")
            : Finding.Problem(name, text[..cut], text[(cut + 1)..].Trim());
    }

    private async IAsyncEnumerable<Finding> StorageAsync(Settings settings, IReadOnlyList<string> problems, [EnumeratorCancellation] CancellationToken cancel)
    {
        var storage = StorageAccount.From(configuration, StorageRetry.Brief);
        var probe = await StorageProbe.RunAsync(storage, cancel);
        yield return Storage("storage tables", probe.Tables);
        yield return Storage("storage queues", probe.Queues);
        if (probe.ServerTime is { } theirs) yield return Clock(theirs);
        if (probe.Tables is not null || Has(problems, "Business__TimeZone") || Has(problems, "Secrets__MailboxKey")) yield break;
        var mine = new Installation(new MailboxKeys(Convert.FromBase64String(settings.Secrets.MailboxKey)).Fingerprint, settings.Business.TimeZone);
        var kept = await new TableInstallationStore(storage, time).FindAsync(cancel);
        if (kept is null) yield return Finding.Ok("installation", "nothing was scanned or imported yet");
        else if (mine.Problems(kept) is { Count: > 0 } differ) foreach (var problem in differ) yield return Setting(problem);
        else yield return Finding.Ok("installation", "mailbox key and time zone are those of this storage account");
    }

    private static Finding Storage(string what, StorageProblem? problem) =>
        problem is null ? Finding.Ok(what, "can be read and written") : Finding.Problem(what, problem.What, problem.Remedy);

    private Finding Clock(DateTimeOffset theirs)
    {
        var off = (time.GetUtcNow() - theirs).Duration();
        var detail = string.Create(CultureInfo.InvariantCulture, $"differs from storage's by {off.TotalSeconds:0} seconds");
        const string remedy = "set the clock of this machine, by NTP";
        return off > WorstClock ? Finding.Problem("clock", detail, remedy) : off > BadClock ? Finding.Warning("clock", detail, remedy) : Finding.Ok("clock", detail);
    }

    private Finding Zone(BusinessOptions business) => Finding.Ok(
        "time zone", string.Create(CultureInfo.InvariantCulture, $"{business.TimeZone}, where it is {new Moment(time.GetUtcNow(), business.Zone).Local:yyyy-MM-dd HH:mm}"));

    private static Finding Campaigns(Settings settings)
    {
        try
        {
            var shipped = ShippedCampaigns.Load(settings.CampaignFolder, settings.Business.Website).Definitions;
            return Finding.Ok("campaigns", $"in order: {string.Join(", ", shipped.Select(d => d.Campaign.Id))}; what is published: winback campaigns list");
        }
        catch (CampaignException e)
        {
            return Finding.Problem("campaigns", e.Message, "mend the files; each line names one");
        }
    }

    private async Task<Finding> MailAsync(MailOptions mail, CancellationToken cancel)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(time).AddSingleton(mail).AddMailSender(mail);
        await using var parts = services.BuildServiceProvider();
        var what = $"mail by {mail.Provider}";
        return await parts.GetRequiredService<IMailSender>().FindProblemAsync(cancel) is { } problem
            ? Finding.Problem(what, problem.Split("; ")[0], problem.Split("; ").ElementAtOrDefault(1) ?? "see the provider's own status page")
            : Finding.Ok(what, "would take our mail; none was sent");
    }

    private async IAsyncEnumerable<Finding> DnsAsync(MailOptions mail, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (mail.Provider == MailProvider.Pickup || (mail.Provider == MailProvider.Smtp && IsHere(mail.SmtpHost)))
        {
            yield return Finding.Ok("dns", "not looked at: mail stays on this machine");
            yield break;
        }
        foreach (var question in MailDns.Questions(mail))
            yield return MailDns.Judge(question, await dns.ReadAsync(question.Name, question.Type, cancel), mail);
    }

    private static bool IsHere(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static async Task<Finding> AppAsync(Uri app, CancellationToken cancel)
    {
        var health = new Uri($"{app.ToString().TrimEnd('/')}/api/health");
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(health, cancel);
            var text = await answer.Content.ReadAsStringAsync(cancel);
            return answer.IsSuccessStatusCode
                ? Finding.Ok($"app {app}", text.Length > 200 ? text[..200] : text)
                : Finding.Problem($"app {app}", $"answered {(int)answer.StatusCode}", "look at its log; 503 means that it cannot reach storage");
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            return Finding.Problem($"app {app}", $"does not answer ({e.Message})", "check the address, and whether the app runs");
        }
    }
}
