using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Winback.Cli.Demo;
using Winback.Cli.Local;
using Winback.Customers;
using Winback.Outreach;
using Winback.Referrals;

namespace Winback.EndToEnd;

/// <summary>
/// The pages behind the links of a mail, those of a friend and the call sheet, in a real browser: no violation of WCAG 2.2 AA that axe finds, in both
/// languages, light and dark, on a desktop and a phone; and every form works by keyboard alone and without scripts. Pictures stay in
/// artifacts/screenshots/pages.
/// </summary>
public sealed partial class PagesInBrowserTests(PublishedApp app)
{
    private const string Friend = "els@vriend.example";

    private static readonly string Folder = Path.Combine(RepositoryFolder.Find(), "tests", "Winback.EndToEnd", "Browser");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_can_be_used_by_everybody()
    {
        var browser = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(browser is null, "There is no Chromium or Chrome on this machine; install one (Debian: apt-get install chromium).");
        await using var product = await Product.StartAsync(app);
        await product.ImportAsync(SampleBase.CreateLapsed(1, product.Now.Today));
        await product.ScanAsync();
        var mail = Assert.Single(await product.MailsAsync());
        Assert.True(product.Part<Links>().TryReadReplyAddress(Customers.EmailAddress.Parse(Assert.Single(mail.ReplyTo!).Address), out var outreach));
        var id = CustomerId.Parse(SampleBase.CreateLapsed(1, product.Now.Today).Customers[0].Number);
        var referral = (await product.Part<ReferralCodes>().OfAsync(id, Cancel))!;
        var friend = await SignUpAsync(product, referral);
        var links = new PageAddresses(product, outreach, mail.Header("list-unsubscribe")!, referral, friend);

        var found = await LookAsync(new Looking(
            browser!, Path.Combine(RepositoryFolder.Find(), "artifacts", "screenshots", "pages"),
            [new([.. links.Pages(), .. links.FriendPages()], [.. links.Forms()]), new([.. links.LastPages()], [links.LastForm()])]));

        Assert.Empty(found.Violations);
        Assert.Empty(found.Problems);
        var customer = (await product.CustomerAsync(id.Value)).Customer;
        Assert.NotNull(customer.OptedOutAt);
        Assert.NotNull(customer.Hold);
        var confirmed = (await product.Part<ReferralBook>().OfAsync(id, Cancel)).Single(r => r.Referral.Email == Friend);
        Assert.True(confirmed is { MayMail: true, Referral.ConfirmedAt: not null });
    }

    /// <summary>A friend signs up on the page of the link in the mail.</summary>
    /// <returns>The mail that asks whether it was them.</returns>
    private static async Task<InboxMail> SignUpAsync(Product product, ReferralLinks referral)
    {
        using var http = new HttpClient { BaseAddress = product.Host.BaseUrl };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Els", ["email"] = Friend, ["agree"] = "yes" });
        using var answer = await http.PostAsync(referral.Friend.AbsolutePath, form, Cancel);
        Assert.True(answer.IsSuccessStatusCode);
        await product.UntilMailsAsync(2);
        return (await product.MailsAsync()).Single(m => m.Recipient == Friend);
    }

    private static async Task<Found> LookAsync(Looking task)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "playwright-core")))
            await Programs.RunAsync("npm", ["ci", "--no-progress", "--loglevel=error"], Folder, Cancel);
        using var node = Process.Start(new ProcessStartInfo("node", ["look.cjs"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(task, JsonSerializerOptions.Web));
        node.StandardInput.Close();
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(Cancel), node.StandardError.ReadToEndAsync(Cancel));
        await node.WaitForExitAsync(Cancel);
        Assert.True(node.ExitCode == 0, await errors);
        return JsonSerializer.Deserialize<Found>(await output, JsonSerializerOptions.Web)!;
    }

    /// <summary>The addresses of one mail's pages, at the host of this test.</summary>
    private sealed class PageAddresses(Product product, OutreachId outreach, string unsubscribe, ReferralLinks referral, InboxMail friend)
    {
        private static readonly Key Tab = new(Press: "Tab");
        private static readonly Key Space = new(Press: "Space");
        private static readonly Key Enter = new(Press: "Enter");

        /// <summary>Asked, done, with what is wrong on it, and leading nowhere.</summary>
        public IEnumerable<Shown> Pages()
        {
            foreach (var language in new[] { "nl", "en" })
            {
                yield return new($"reason-ask.{language}", $"{Of(PagePurpose.Reason, language)}&reason=dissatisfied");
                yield return new($"reason-wrong.{language}", Of(PagePurpose.Reason, language), []);
                foreach (var reason in new[] { "forgot", "dissatisfied", "situation-changed" })
                    yield return new($"reason-done-{reason}.{language}", Of(PagePurpose.Reason, language), new() { ["reason"] = reason });
                yield return new($"return-ask.{language}", Of(PagePurpose.Return, language));
                yield return new($"return-done.{language}", Of(PagePurpose.Return, language), new() { ["wish"] = "Zaterdag, met vier" });
                yield return new($"call-ask.{language}", Of(PagePurpose.Call, language));
                yield return new($"call-wrong.{language}", Of(PagePurpose.Call, language), new() { ["phone"] = "bel maar", ["time"] = "morgen" });
                yield return new($"call-done.{language}", Of(PagePurpose.Call, language), new() { ["phone"] = "06 12 34 56 78" });
                yield return new($"preferences-ask.{language}", Of(PagePurpose.Preferences, language));
                yield return new($"preferences-done.{language}", Of(PagePurpose.Preferences, language), new() { ["often"] = "pause" });
                yield return new($"expired.{language}", Of(PagePurpose.Reason, language, daysAgo: PageLink.ValidDays + 1));
                yield return new($"unknown.{language}", $"{product.Host.BaseUrl}api/reason/nobodys?lang={language}");
                yield return new($"unsubscribe-ask.{language}", $"{Unsubscribe()}?lang={language}");
            }
        }

        /// <summary>Where friends sign up and confirm it, what their mail looks like, and what the customer sees of them.</summary>
        public IEnumerable<Shown> FriendPages()
        {
            yield return new("friend-mail.nl", "", Html: friend.Html);
            foreach (var language in new[] { "nl", "en" })
            {
                yield return new($"invitation-ask.{language}", Here(referral.Friend.AbsoluteUri, language));
                yield return new($"invitation-wrong.{language}", Here(referral.Friend.AbsoluteUri, language), new() { ["email"] = "els@", ["phone"] = "bel maar" });
                yield return new($"invitation-done.{language}", Here(referral.Friend.AbsoluteUri, language), new() { ["email"] = "kim@vriend.example", ["agree"] = "yes" });
                yield return new($"my-friends.{language}", Here(referral.Mine.AbsoluteUri, language), Has: "li");
                yield return new($"confirm-ask.{language}", Here(Confirm(), language), Has: ".panel");
            }
        }

        /// <summary>What comes after the others, or ends something for them.</summary>
        public IEnumerable<Shown> LastPages()
        {
            foreach (var language in new[] { "nl", "en" })
            {
                yield return new($"confirm-done.{language}", Here(Confirm(), language), []);
                yield return new($"call-sheet.{language}", Here(product.Part<Links>().CallSheet(product.Now.Instant.AddHours(1)), language), Has: ".call");
                yield return new($"unsubscribe-done.{language}", $"{Unsubscribe()}?lang={language}", []);
            }
        }

        /// <summary>The first Tab comes to the link to the other language.</summary>
        public IEnumerable<Form> Forms()
        {
            yield return new(Of(PagePurpose.Reason, "nl"), [Tab, Tab, Space, new(Press: "ArrowDown"), Tab, new(Text: "Het eten was koud"), Tab, Enter], "Dank je wel dat je het zegt");
            yield return new(Of(PagePurpose.Return, "nl"), [Tab, Tab, new(Text: "Zondag"), Tab, Enter], "Wat fijn, tot gauw");
            yield return new(Of(PagePurpose.Call, "en"), [Tab, Tab, new(Text: "030 123 45 67"), Tab, new(Text: "Tuesday"), Enter], "We will call you");
            yield return new(Of(PagePurpose.Preferences, "en"), [Tab, Tab, new(Press: "ArrowDown"), Tab, Tab, Enter], "That’s how we’ll do it");
            yield return new(Here(referral.Friend.AbsoluteUri, "nl"), [Tab, Tab, new(Text: "Kim"), Tab, new(Text: "kim@vriend.example"), Tab, Tab, Space, Tab, Enter], "Welkom, je staat erbij");
            yield return new(Here(Confirm(), "nl"), [Tab, Tab, Enter], "Dank je wel, nu weten we het");
        }

        public Form LastForm() => new($"{Unsubscribe()}?lang=en", [Tab, Tab, Enter], "You are unsubscribed");

        private string Of(PagePurpose purpose, string language, int daysAgo = 0) =>
            $"{Here(product.Part<Links>().Page(purpose, new PageLink(outreach, product.Now.Today.AddDays(-daysAgo))))}?lang={language}";

        private string Unsubscribe() => Here(Address().Match(unsubscribe).Groups[1].Value);

        private string Confirm() => ConfirmLink().Match(friend.Html!).Groups[1].Value;

        private string Here(string address, string language) => $"{Here(address)}?lang={language}";

        private string Here(string address) => new Uri(product.Host.BaseUrl, new Uri(address).AbsolutePath).AbsoluteUri;
    }

    private sealed record Looking(string Browser, string Pictures, IReadOnlyList<Round> Rounds);

    /// <summary>What may be looked at in any order, after the rounds before.</summary>
    private sealed record Round(IReadOnlyList<Shown> Pages, IReadOnlyList<Form> Forms);

    /// <param name="Post">The fields to fill in before the button is pressed; null to press none.</param>
    /// <param name="Html">Shown instead of what is at the address.</param>
    /// <param name="Has">A selector of what must be on it.</param>
    private sealed record Shown(string Name, string Url, Dictionary<string, string>? Post = null, string? Html = null, string? Has = null)
    {
        /// <summary>One language is enough for eyes.</summary>
        public bool Picture => Name.EndsWith(".nl", StringComparison.Ordinal);
    }

    /// <param name="Says">The heading of the answer.</param>
    private sealed record Form(string Url, IReadOnlyList<Key> Keys, string Says);

    private sealed record Key(string? Press = null, string? Text = null);

    private sealed record Found(IReadOnlyList<string> Violations, IReadOnlyList<string> Problems);

    [GeneratedRegex("href=\"(http[^\"]+/confirm/[^\"]+)\"")]
    private static partial Regex ConfirmLink();

    [GeneratedRegex("<(http[^>]+)>")]
    private static partial Regex Address();
}
