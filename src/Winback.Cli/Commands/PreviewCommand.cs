using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Winback.Campaigns;
using Winback.Campaigns.Rendering;
using Winback.Customers;
using Winback.Outreach;

namespace Winback.Cli.Commands;

/// <summary><c>winback preview CAMPAIGN</c>: writes its mails as files, for a made-up customer or a real one.</summary>
internal static class PreviewCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("CAMPAIGN") { Description = "The name of its folder under campaigns/." };
        var customer = new Option<string?>("--customer") { Description = "For this customer instead of a made-up one." };
        var folder = new Option<string>("--out") { Description = "The folder for the files.", DefaultValueFactory = _ => "preview" };
        var command = new Command(
            "preview", "Write a campaign's mails as .html and .txt, in both languages.\nExample: winback preview restaurant-slow-evening")
        {
            name, customer, folder,
        };
        command.SetAction((result, cancel) =>
            RunAsync(result, result.GetRequiredValue(name), result.GetValue(customer), result.GetRequiredValue(folder), cancel));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult command, string name, string? number, string folder, CancellationToken cancel)
    {
        // A made-up customer needs no storage, so nothing has to run for it.
        await using var parts = number is null ? Parts.From(Sample()) : Parts.Open(command, Parts.Everything);
        var campaigns = parts.GetRequiredService<CampaignSet>();
        var campaign = campaigns.Find(name)
            ?? throw new CommandException(
                $"There is no campaign \"{name}\" that is switched on; there are: {string.Join(", ", campaigns.Ordered.Select(c => c.Id))}.");
        var now = parts.GetRequiredService<OwnerClock>().Now;
        var file = number is null ? MadeUp(campaign, now) : await RealAsync(parts, number, cancel);
        var composer = parts.GetRequiredService<MailComposer>();
        var library = parts.GetRequiredService<CampaignLibrary>();
        Directory.CreateDirectory(folder);
        foreach (var step in campaign.Steps)
        {
            foreach (var language in Languages.All)
            {
                var mail = library.Render(campaign.Id, step.Id, language, Model(composer, file, campaign, step, now, language));
                var path = Path.Combine(folder, $"{campaign.Id}.{step.Id}.{language}");
                await File.WriteAllTextAsync(path + ".html", mail.Html, cancel);
                await File.WriteAllTextAsync(path + ".txt", mail.Text, cancel);
                AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{mail.Subject}[/]");
                AnsiConsole.WriteLine($"  {Path.GetFullPath(path)}.html, .txt");
            }
        }
        return 0;
    }

    private static MailModel Model(MailComposer composer, CustomerFile file, Campaign campaign, Step step, Moment now, string language)
    {
        var anchor = campaign.Audience is RenewalAudience
            ? new Anchor(file.Customer.Subscriptions.FirstOrDefault()?.Number ?? "", now.Today.AddDays(step.Days))
            : new Anchor("", file.Customer.LastVisit ?? now.Today);
        // The days left are those of the step, not those of the made-up subscription.
        var subscriptions = file.Customer.Subscriptions.Select(s => s.Number == anchor.Subject ? s with { RenewalDate = anchor.Date } : s);
        var shown = file with { Customer = file.Customer with { Subscriptions = [.. subscriptions] } };
        var returnUrl = campaign.ReturnUrl is { } url ? new Uri(url) : null;
        var links = new MailLinks(new Uri("https://winback.example/api/unsubscribe/preview"), returnUrl, null, "0PREVIEW");
        var coupon = campaign.Offer is { } offer ? new Coupon("0PREVIEW", now.Today.AddDays(offer.ValidDays)) : null;
        return composer.Model(shown, campaign, new Due(campaign.Id, step, anchor, true, ""), now, links, coupon, language);
    }

    private static CustomerFile MadeUp(Campaign campaign, Moment now) => new(
        new Customer
        {
            Id = CustomerId.Parse("preview"),
            HasUsableAddress = true,
            MarketingPermission = true,
            LastVisit = now.Today.AddMonths(-7),
            Subscriptions = campaign.Audience is RenewalAudience
                ? [new Subscription("preview", "Fit & Vrij", now.Today.AddYears(-1), now.Today.AddDays(7), false)]
                : [],
        },
        new Customers.Profile("Sanne de Vries", "Sanne", "sanne@example.com"), "");

    private static async Task<CustomerFile> RealAsync(IServiceProvider parts, string number, CancellationToken cancel)
    {
        if (!CustomerId.TryParse(number, out var id, out var problem)) throw new CommandException($"--customer: {problem}.");
        return await parts.GetRequiredService<ICustomerStore>().FindAsync(id, cancel)
            ?? throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"--customer: there is no customer {id}."));
    }

    private static Dictionary<string, string> Sample() => new(Demo.DemoSettings.Create())
    {
        ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        ["Business__PublicBaseUrl"] = "https://winback.example",
        ["Mail__Provider"] = "Pickup",
        ["Mail__PickupFolder"] = "preview",
    };
}
