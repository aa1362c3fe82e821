using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Winback.Campaigns;
using Winback.Cli.Cloud;
using Winback.Customers;
using Winback.Hosting;
using Winback.Mail;
using Winback.Storage;

namespace Winback.Cli.Doctor;

/// <summary>Looks at everything that the app needs, one thing after the other; what is wrong with one hides no other.</summary>
/// <param name="resolved">The settings, with the secrets of Key Vault in place.</param>
/// <param name="app">Null to leave the app alone.</param>
internal sealed partial class Checkup(ResolvedSettings resolved, AppHealth? app, IDnsReader dns, TimeProvider time)
{
    /// <summary>Tokens and signatures are refused by storage when the clocks differ by more than 15 minutes.</summary>
    private static readonly TimeSpan WorstClock = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan BadClock = TimeSpan.FromMinutes(1);

    private readonly IConfiguration _configuration = resolved.Configuration;

    public async Task<DoctorReport> RunAsync(CancellationToken cancel)
    {
        var findings = await FindAsync(cancel).ToListAsync(cancel);
        return new DoctorReport(findings.TrueForAll(f => f.State != FindingState.Problem), findings);
    }

    private async IAsyncEnumerable<Finding> FindAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var (settings, problems) = Examine();
        foreach (var problem in problems) yield return Setting(problem);
        if (problems.Count == 0) yield return Finding.Ok("settings", "all there and readable");
        if (StorageAccount.Problem(_configuration) is null)
            await foreach (var finding in StorageAsync(settings, problems, cancel)) yield return finding;
        if (!Has(problems, "Business__TimeZone")) yield return Zone(settings.Business);
        yield return Campaigns(settings);
        if (!Has(problems, "Mail__")) yield return await MailAsync(settings.Mail, cancel);
        if (!Has(problems, "Mail__From") && !Has(problems, "Mail__ReplyDomain") && !Has(problems, "Mail__Provider"))
            await foreach (var finding in DnsAsync(settings.Mail, cancel)) yield return finding;
        if (app is not null) yield return await app.AskAsync(HealthEndpoint.Version, cancel);
    }

    /// <summary>A secret that could not be had has a problem of its own, and no other.</summary>
    private (Settings Settings, IReadOnlyList<string> Problems) Examine()
    {
        var (settings, problems) = Settings.Examine(_configuration);
        return (settings, [.. resolved.Problems, .. problems.Where(p => !Has(resolved.Problems, p.Split(':')[0]))]);
    }

    private static bool Has(IReadOnlyList<string> problems, string setting) => problems.Any(p => p.StartsWith(setting, StringComparison.Ordinal));

    /// <summary>A problem says what is wrong and, after a semicolon or a full stop, what to do.</summary>
    private static Finding Setting(string problem)
    {
        var colon = problem.IndexOf(':', StringComparison.Ordinal);
        var (name, text) = (problem[..colon], problem[(colon + 1)..].Trim());
        return EndOfWhat().Split(text, 2) is [var what, var remedy]
            ? Finding.Problem(name, what, remedy.Trim())
            : Finding.Problem(name, text, "set it right; docs/settings.md says how");
    }

    private async IAsyncEnumerable<Finding> StorageAsync(Settings settings, IReadOnlyList<string> problems, [EnumeratorCancellation] CancellationToken cancel)
    {
        var storage = StorageAccount.From(_configuration, StorageRetry.Brief);
        var probe = await StorageProbe.RunAsync(storage, cancel);
        yield return Storage("storage tables", probe.Tables);
        yield return Storage("storage queues", probe.Queues);
        yield return Storage("storage blobs", probe.Blobs);
        if (probe.ServerTime is { } theirs) yield return Clock(theirs);
        if (probe.Tables is not null || Has(problems, "Business__TimeZone")) yield break;
        if (!Has(problems, "Secrets__MailboxKey"))
            await foreach (var finding in InstallationAsync(storage, settings, cancel)) yield return finding;
        if (probe.Queues is null)
            await foreach (var finding in new StoredState(storage, settings, time).LookAsync(cancel)) yield return finding;
    }

    private async IAsyncEnumerable<Finding> InstallationAsync(StorageAccount storage, Settings settings, [EnumeratorCancellation] CancellationToken cancel)
    {
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

    [GeneratedRegex("[;.] ")]
    private static partial Regex EndOfWhat();

    private static bool IsHere(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
